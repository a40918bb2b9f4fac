-- Create "tr" trigger
CREATE TRIGGER `tr` BEFORE INSERT ON `t` FOR EACH ROW begin
  set new.a = new.id;
  set new.b = 'it''s';
end;
