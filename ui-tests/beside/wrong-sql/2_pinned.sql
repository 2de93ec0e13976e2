-- Since the second version.
alter table note add pinned integer not null default 0;
