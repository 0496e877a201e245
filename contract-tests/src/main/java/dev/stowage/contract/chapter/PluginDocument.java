package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.PluginDataApi.Document;
import dev.stowage.contract.call.RawJson;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.contract.property.Trial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One of the documents that Cloud9's API keeps: where it is, who asks for it, and what it has to answer.
 *
 * @param member what a PUT calls the object: {@code data} or {@code settings}
 * @param shown the path as a shell in which the keys are set can say it
 */
record PluginDocument(
        Trial trial,
        String clause,
        String member,
        String path,
        String shown,
        @Nullable String user) {

    /** What a key gives access to, in one of its contexts: {@code user} or {@code projects/ID}. */
    static PluginDocument ofContext(
            Trial t, String clause, String context, String key, String variable, @Nullable String user) {
        String path = "/" + context + "/persistent/";
        return new PluginDocument(t, clause, "data", path + encode(key), path + variable, user);
    }

    static PluginDocument ofSettings(Trial t, String clause, String path, String user) {
        return new PluginDocument(t, clause, "settings", path, path, user);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Document get() {
        Document answer = trial.pluginData().get(path, user);
        trial.request("curl -s \"$URL" + shown + "\"" + credentials() + "   # " + answer);
        return answer;
    }

    /** @param asText as a string of JSON, which is the other way to hand in an object */
    Document put(Object value, boolean asText) {
        String body = body(value, asText);
        Document answer = trial.pluginData().put(path, user, body);
        trial.request("curl -s -X PUT \"$URL" + shown + "\"" + credentials()
                + " -H 'Content-Type: application/json' -d '" + body.replace("'", "'\\''") + "'   # "
                + answer.status());
        return answer;
    }

    String body(@Nullable Object value, boolean asText) {
        String json = WireCodec.json(value);
        return WireCodec.json(SuiteValues.hash(member, asText ? json : new RawJson(json)));
    }

    private String credentials() {
        return user == null ? "" : " -u " + user + ":secret";
    }

    void set(Object value, boolean asText) {
        Document answer = put(value, asText);
        skipIfMissing(answer);
        if (!answer.isOk()) {
            throw trial.violationAtKeys(clause, "PUT " + shown + " of an object was answered with " + answer + ".");
        }
    }

    void holds(Object right) {
        Document answer = get();
        if (!answer.isOk() || answer.body() == null || !SuiteValues.areEqual(WireCodec.read(answer.body()), right)) {
            throw trial.violationAtKeys(
                    clause,
                    "GET " + shown + " was answered with " + answer + "; due was " + SuiteValues.abbreviated(right)
                            + ".");
        }
    }

    /** It must not answer this; what else it answers is its own choice (PRIV-4). */
    void doesNotHold(Object foreign) {
        Document answer = get();
        if (answer.isOk() && answer.body() != null && SuiteValues.areEqual(WireCodec.read(answer.body()), foreign)) {
            throw trial.violationAtKeys(
                    clause, "GET " + shown + " was answered with what belongs to another: " + answer + ".");
        }
    }

    /** Neither reads nor writes. */
    void refuses(int status, String code) {
        for (Document answer : new Document[] {get(), put(SuiteValues.hash("x", 1), true)}) {
            if (answer.status() != status || !answer.code().equals(code)) {
                throw trial.violationAtKeys(
                        clause, shown + " was answered with " + answer + "; due was " + status + " " + code + ".");
            }
        }
    }

    /** A backend may leave out this API. */
    void skipIfMissing(Document answer) {
        if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
            throw trial.skip("it offers no private data of plugins (" + answer.status() + ")");
        }
    }
}
