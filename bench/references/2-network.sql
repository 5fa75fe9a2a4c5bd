-- The network that purchases walk up, in the shape that the product is given: five friends each.
create table people (
  id int primary key,
  advocate_id int
);
insert into people
select n, case when n = 1 then null else (n - 2) / 5 + 1 end
  from generate_series(1, 2600) as n;
