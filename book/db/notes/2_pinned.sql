alter table notes add pinned integer not null default 0;
