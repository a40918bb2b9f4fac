-- Drop range type "span"
DROP TYPE "span";
