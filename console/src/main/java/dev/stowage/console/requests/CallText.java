package dev.stowage.console.requests;

import dev.stowage.console.page.RecordText;
import dev.stowage.console.page.VisibleText;
import dev.stowage.emulator.journal.JournalEntry;
import dev.stowage.storage.Hash;
import dev.stowage.storage.StoreName;
import dev.stowage.storage.wire.WireJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The call of a request, to be made again.
 *
 * @param isExample whether values stand for those of the request, which the journal does not keep
 */
public record CallText(String curl, String java, String typeScript, boolean isExample) {

    private static final Hash EXAMPLE = Hash.of("field", 1);
    private static final Set<String> WITH_KEY_ONLY = Set.of("get", "exists", "delete");
    private static final Set<String> WITH_FIELD_ONLY = Set.of("increment", "shift", "peek");

    /** @param written the record, if it is what the request has written */
    static CallText of(JournalEntry entry, URI server, Optional<Hash> written) {
        String operation = entry.call().operation();
        StoreName store = entry.call().store();
        String key = quoted(entry.call().key());
        boolean isWhole = operation.equals("put") || operation.equals("patch");
        Hash value = written.orElse(EXAMPLE);
        String json = VisibleText.ofJson(new String(WireJson.encodeRecord(value), StandardCharsets.UTF_8));
        String members = isWhole ? ", \"value\": " + json : members(operation);
        String arguments = isWhole ? ", " + json : arguments(operation, "{", "}", ": ");
        String javaArguments = isWhole ? ", " + JavaText.of(value) : arguments(operation, "Map.of(", ")", ", ");
        return new CallText(
                "curl " + server + "/v1/" + store + "/" + operation + " -H \"Authorization: Bearer $API_KEY\" -d "
                        + shellQuoted("{\"key\": " + key + members + "}"),
                "storage." + store + "()." + operation + "(" + key + javaArguments + ");",
                "await storage." + store + "." + operation + "(" + key + arguments + ");",
                !WITH_KEY_ONLY.contains(operation) && (!isWhole || written.isEmpty()));
    }

    private static String members(String operation) {
        if (WITH_KEY_ONLY.contains(operation)) {
            return "";
        }
        if (!operation.endsWith("Multi")) {
            return ", \"field\": \"field\""
                    + (WITH_FIELD_ONLY.contains(operation) ? "" : ", \"value\": " + element(operation));
        }
        return switch (operation) {
            case "incrementMulti" -> ", \"amounts\": {\"field\": 1}";
            case "shiftMulti", "peekMulti" -> ", \"counts\": {\"field\": 1}";
            default -> ", \"values\": {\"field\": [" + element(operation) + "]}";
        };
    }

    private static String arguments(String operation, String open, String close, String separator) {
        if (WITH_KEY_ONLY.contains(operation)) {
            return "";
        }
        if (!operation.endsWith("Multi")) {
            return ", \"field\"" + (WITH_FIELD_ONLY.contains(operation) ? "" : ", " + element(operation));
        }
        String list = open.equals("{") ? "[" + element(operation) + "]" : "List.of(" + element(operation) + ")";
        boolean takesCount = Set.of("incrementMulti", "shiftMulti", "peekMulti").contains(operation);
        return ", " + open + "\"field\"" + separator + (takesCount ? "1" : list) + close;
    }

    private static String element(String operation) {
        return operation.contains("Number") ? "1" : "\"a\"";
    }

    private static String quoted(String text) {
        return RecordText.quoted(text);
    }

    private static String shellQuoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
