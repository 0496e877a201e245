-- The tables and functions of format 1. They are created in one transaction, in the schema that is first on the search path.

CREATE TABLE stowage_format (format integer NOT NULL);
INSERT INTO stowage_format VALUES (1);

-- key: UTF-8, as a key may contain U+0000, which text can't. expires_at in seconds since the epoch, null for never. content: JSON.
CREATE TABLE stowage_record (
    owner text COLLATE "C" NOT NULL,
    store text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    version bigint NOT NULL,
    expires_at bigint,
    content text NOT NULL,
    PRIMARY KEY (owner, store, key));

-- A version is drawn while the record is locked, so that versions of a record rise in the order of its writes (LIN-2).
CREATE SEQUENCE stowage_version;

-- Locks are taken in one order: the whole store, guards, the watched partition, other
-- partitions, records. They end with the transaction.
CREATE FUNCTION stowage_lock_of_store() RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended('stowage', 0) $$;

CREATE FUNCTION stowage_lock_of(p_owner text, p_store text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended(p_owner || E'\n' || p_store, 1) $$;

CREATE FUNCTION stowage_lock_of(p_owner text, p_store text, p_key bytea) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended(p_owner || E'\n' || p_store || E'\n' || encode(p_key, 'hex'), 2) $$;

-- Changes a record if it has the expected version (0: it does not exist), the guard exists, and the watched partition has the
-- expected last version. The watched partition and the guard may be null.
-- Returns the new version, 0 after a removal, -1 if a version is another one, -2 if the guard does not exist.
CREATE FUNCTION stowage_change(
    p_watched_owner text, p_watched_store text, p_watched_version bigint,
    p_guard_owner text, p_guard_store text, p_guard_key bytea,
    p_owner text, p_store text, p_key bytea, p_expected bigint, p_expires_at bigint, p_content text)
RETURNS bigint LANGUAGE plpgsql AS
$$
DECLARE
    v_found bigint;
    v_version bigint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(stowage_lock_of_store());
    IF p_guard_owner IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock_shared(stowage_lock_of(p_guard_owner, p_guard_store));
        PERFORM 1 FROM stowage_record WHERE owner = p_guard_owner AND store = p_guard_store AND key = p_guard_key;
        IF NOT FOUND THEN
            RETURN -2;
        END IF;
    END IF;
    IF p_watched_owner IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock_shared(stowage_lock_of(p_watched_owner, p_watched_store));
        IF p_watched_version <> (SELECT coalesce(max(version), 0) FROM stowage_record
                                 WHERE owner = p_watched_owner AND store = p_watched_store) THEN
            RETURN -1;
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(stowage_lock_of(p_owner, p_store));
    PERFORM pg_advisory_xact_lock(stowage_lock_of(p_owner, p_store, p_key));
    SELECT version INTO v_found FROM stowage_record WHERE owner = p_owner AND store = p_store AND key = p_key;
    IF coalesce(v_found, 0) <> p_expected THEN
        RETURN -1;
    END IF;
    IF p_content IS NULL THEN
        DELETE FROM stowage_record WHERE owner = p_owner AND store = p_store AND key = p_key;
        RETURN 0;
    END IF;
    v_version := nextval('stowage_version');
    IF v_found IS NULL THEN
        INSERT INTO stowage_record (owner, store, key, version, expires_at, content)
        VALUES (p_owner, p_store, p_key, v_version, p_expires_at, p_content);
    ELSE
        UPDATE stowage_record SET version = v_version, expires_at = p_expires_at, content = p_content
        WHERE owner = p_owner AND store = p_store AND key = p_key;
    END IF;
    RETURN v_version;
END
$$;
