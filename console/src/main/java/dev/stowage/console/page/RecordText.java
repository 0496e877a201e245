package dev.stowage.console.page;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StorageException;
import dev.stowage.storage.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A record as JSON that a person reads and edits. Sets are written as in the wire protocol: {@code {"$stringSet": ["a"]}}. */
public final class RecordText {

    private RecordText() {}

    /** The record with a line for each field. */
    public static String of(Hash record) {
        byte[] json = WireJson.encode(generator -> {
            generator.useDefaultPrettyPrinter();
            WireJson.writeRecord(generator, record);
        });
        return VisibleText.ofJson(new String(json, StandardCharsets.UTF_8));
    }

    /** A text as a JSON string, with its quotes. */
    public static String quoted(String text) {
        byte[] json = WireJson.encode(generator -> generator.writeString(text));
        return VisibleText.ofJson(new String(json, StandardCharsets.UTF_8));
    }

    /** @throws StorageException {@code invalid_request} if it is not JSON, {@code invalid_value} if it can't be stored */
    public static Hash read(String text) {
        try (JsonParser parser = WireJson.factory().createParser(text.getBytes(StandardCharsets.UTF_8))) {
            if (parser.nextToken() == null) {
                throw Parameters.refused("The record is empty. Enter JSON, for example {\"field\": 1}.");
            }
            Hash record = WireJson.readRecord(parser);
            if (parser.nextToken() != null) {
                throw Parameters.refused("There is more text after the record. Remove it.");
            }
            return record;
        } catch (JsonProcessingException broken) {
            throw Parameters.refused(
                    "The record is not JSON at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr() + ": "
                            + broken.getOriginalMessage().replaceFirst(" ?\\(start marker.*", "") + ".");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
