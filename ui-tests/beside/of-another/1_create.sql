create table sessions (
    id integer primary key,
    account integer references accounts (id)
) strict;
