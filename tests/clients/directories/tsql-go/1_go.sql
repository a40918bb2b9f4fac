a
GO
b
go 3
c
