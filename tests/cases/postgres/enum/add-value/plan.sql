-- Add value to enum type: "status"
ALTER TYPE "status" ADD VALUE 'new' BEFORE 'on';
-- Add value to enum type: "status"
ALTER TYPE "status" ADD VALUE 'half' AFTER 'on';
-- Add value to enum type: "status"
ALTER TYPE "status" ADD VALUE 'gone';
