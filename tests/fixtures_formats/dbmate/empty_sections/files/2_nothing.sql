-- migrate:up



-- migrate:down
