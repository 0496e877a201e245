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
 * One document of Cloud9's API: its path, the user that accesses it, and assertions on it.
 *
 * @param member what a PUT calls the object: {@code data} or {@code settings}
 * @param shown the path with shell variables for the keys
 */
record PluginDocument(
        Trial trial,
        String clause,
        String member,
        String path,
        String shown,
        @Nullable String user) {

    /** The private data of a key in one of its contexts: {@code user} or {@code projects/ID}. */
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
        Document response = trial.pluginData().get(path, user);
        trial.request("curl -sw '\\n' \"$URL" + shown + "\"" + credentials() + "   # " + response);
        return response;
    }

    /** @param asText true to send the object as a string of JSON */
    Document put(Object value, boolean asText) {
        String body = body(value, asText);
        Document response = trial.pluginData().put(path, user, body);
        trial.request("curl -sw '\\n' -X PUT \"$URL" + shown + "\"" + credentials()
                + " -H 'Content-Type: application/json' -d '" + body.replace("'", "'\\''") + "'   # "
                + response.status());
        return response;
    }

    String body(@Nullable Object value, boolean asText) {
        String json = WireCodec.json(value);
        return WireCodec.json(SuiteValues.hash(member, asText ? json : new RawJson(json)));
    }

    private String credentials() {
        return user == null ? "" : " -u " + user + ":secret";
    }

    void set(Object value, boolean asText) {
        Document response = put(value, asText);
        skipIfMissing(response);
        if (!response.isOk()) {
            throw trial.violationAtKeys(
                    clause, "PUT " + shown + " of an object: expected success but was" + " " + response + ".");
        }
    }

    void holds(Object expected) {
        Document response = get();
        if (!response.isOk()
                || response.body() == null
                || !SuiteValues.areEqual(WireCodec.read(response.body()), expected)) {
            throw trial.violationAtKeys(
                    clause,
                    "GET " + shown + ": expected " + SuiteValues.abbreviated(expected) + " but was " + response + ".");
        }
    }

    /** Asserts that it does not return this; what it returns instead is not tested (PRIV-4). */
    void doesNotHold(Object foreign) {
        Document response = get();
        if (response.isOk()
                && response.body() != null
                && SuiteValues.areEqual(WireCodec.read(response.body()), foreign)) {
            throw trial.violationAtKeys(
                    clause, "GET " + shown + ": expected no data of another caller but was " + response + ".");
        }
    }

    /** Asserts that reads and writes are refused. */
    void refuses(int status, String code) {
        for (Document response : new Document[] {get(), put(SuiteValues.hash("x", 1), true)}) {
            if (response.status() != status || !response.code().equals(code)) {
                throw trial.violationAtKeys(
                        clause, shown + ": expected " + status + " " + code + " but was " + response + ".");
            }
        }
    }

    /** Skips the property if the backend does not have this API. */
    void skipIfMissing(Document response) {
        if (response.status() == 404 || response.status() == 405 || response.status() == 501) {
            throw trial.skip("it has no API for the private data of plugins (" + response.status() + ")");
        }
    }
}
