package dev.stowage.contract.chapter;

import dev.stowage.contract.call.Values;
import dev.stowage.contract.call.WireForm;
import dev.stowage.contract.door.InstallUnderTest;
import dev.stowage.contract.door.PluginData;
import dev.stowage.contract.door.PluginData.Document;
import dev.stowage.contract.draw.Some;
import dev.stowage.contract.run.Property;
import dev.stowage.contract.run.Trial;
import dev.stowage.contract.run.Who;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 10: the private data of plugins, as Cloud9 has it. All of it needs HTTP. */
final class Chapter10Plugins {

    private static String user(String apiKey) {
        return "/user/persistent/" + encode(apiKey);
    }

    private static String workspace(String id, String apiKey) {
        return "/projects/" + encode(id) + "/persistent/" + encode(apiKey);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String data(String member, @Nullable Object value, boolean asText) {
        String json = WireForm.json(value);
        return WireForm.json(Values.hash(member, asText ? json : new dev.stowage.contract.call.RawJson(json)));
    }

    private static void set(Trial t, String clause, String path, @Nullable String user, Object value, boolean asText) {
        Document answer = t.pluginData().put(path, user, data("data", value, asText));
        t.note("PUT " + path + (user == null ? "" : " as " + user) + " " + WireForm.json(value) + " → "
                + answer.status());
        if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
            throw t.skip("it offers no private data of plugins (" + answer.status() + ")");
        }
        if (!answer.isOk()) {
            throw t.brokenAt(clause, "PUT " + path + " of an object was answered with " + answer + ".");
        }
    }

    private static void holds(Trial t, String clause, String path, @Nullable String user, Object right) {
        Document answer = t.pluginData().get(path, user);
        t.note("GET " + path + (user == null ? "" : " as " + user) + " → " + answer);
        if (!answer.isOk() || answer.body() == null || !Values.same(WireForm.read(answer.body()), right)) {
            throw t.brokenAt(
                    clause, "GET " + path + " was answered with " + answer + "; due was " + Values.brief(right) + ".");
        }
    }

    /** It must not answer this; what else it answers is its own choice (PRIV-4). */
    private static void doesNotHold(Trial t, String clause, String path, @Nullable String user, Object foreign) {
        Document answer = t.pluginData().get(path, user);
        t.note("GET " + path + (user == null ? "" : " as " + user) + " → " + answer);
        if (answer.isOk() && answer.body() != null && Values.same(WireForm.read(answer.body()), foreign)) {
            throw t.brokenAt(clause, "GET " + path + " was answered with what belongs to another: " + answer + ".");
        }
    }

    /** An install of its own, ended after it. */
    private interface WithInstall {
        void run(InstallUnderTest install);
    }

    private static void install(Trial t, WithInstall test) {
        PluginData needed = t.pluginData();
        InstallUnderTest install = t.app().install();
        install.apiKey();
        test.run(install);
        t.count("plugin data " + (needed == null ? "none" : "used"));
        install.uninstall();
    }

    @Property(
            clause = "PRIV-1",
            does =
                    "sets an object, as an object and as a string of JSON, for a user and for a workspace, reads it, sets another"
                            + " and reads that; nothing of the first is left",
            skipped = "where there is no such API",
            lookAt = "whether set merges, and what it does with a string of JSON",
            share = 40)
    void setReplaces(Trial t) {
        boolean asText = t.choose(true, false);
        boolean ofUser = t.choose(true, false);
        Map<String, Object> first = t.draw(Some.HASH);
        Map<String, @Nullable Object> second =
                Values.hash("b", Values.hash("c", Values.list(1, 1, null)), "é", "😀", "f", false);
        install(t, install -> {
            String path = ofUser ? user(install.apiKey()) : workspace(t.key(), install.apiKey());
            set(t, "PRIV-1", path, null, first, asText);
            holds(t, "PRIV-1", path, null, first);
            set(t, "PRIV-1", path, null, second, asText);
            holds(t, "PRIV-1", path, null, second);
            holds(t, "PRIV-1", path, null, second);
            set(t, "PRIV-1", path, null, Values.hash(), asText);
            holds(t, "PRIV-1", path, null, Values.hash());
        });
    }

    @Property(
            clause = "PRIV-2",
            does = "sets objects for two users and two workspaces; each has its own; a context that there isn't is"
                    + " invalid_request",
            skipped = "where there is no such API",
            lookAt = "what an object is found by: the context with its user or workspace",
            share = 20)
    void contextsAreApart(Trial t) {
        install(t, install -> {
            String key = install.apiKey();
            String id = t.key();
            set(t, "PRIV-2", user(key), null, Values.hash("who", "nobody"), true);
            doesNotHold(t, "PRIV-2", user(key), "ann", Values.hash("who", "nobody"));
            set(t, "PRIV-2", user(key), "ann", Values.hash("who", "ann"), true);
            set(t, "PRIV-2", user(key), "bob", Values.hash("who", "bob"), true);
            doesNotHold(t, "PRIV-2", workspace(id, key), null, Values.hash("who", "nobody"));
            set(t, "PRIV-2", workspace(id, key), null, Values.hash("who", id), true);
            set(t, "PRIV-2", workspace(id + "b", key), null, Values.hash("who", id + "b"), true);
            doesNotHold(t, "PRIV-2", workspace(id + "c", key), null, Values.hash("who", id));
            holds(t, "PRIV-2", user(key), "ann", Values.hash("who", "ann"));
            holds(t, "PRIV-2", user(key), "bob", Values.hash("who", "bob"));
            holds(t, "PRIV-2", user(key), null, Values.hash("who", "nobody"));
            holds(t, "PRIV-2", workspace(id, key), null, Values.hash("who", id));
            holds(t, "PRIV-2", workspace(id + "b", key), null, Values.hash("who", id + "b"));
            Document other = t.pluginData().get("/team/persistent/" + encode(key), null);
            if (other.isOk() || !other.code().equals("invalid_request")) {
                throw t.brokenAt(
                        "PRIV-2", "the context 'team' was answered with " + other + "; due was invalid_request.");
            }
        });
    }

    @Property(
            clause = "PRIV-3",
            does =
                    "reads and sets with another install's key, with a key that nobody has, and with the old key after a reinstall;"
                            + " none of them reaches the object",
            skipped = "where there is no such API; its last part where installs can't be reinstalled",
            lookAt = "what an object is found by, and whether the key's state is looked at here, too",
            share = 20)
    void theKeyIsTheOnlyWayIn(Trial t) {
        boolean ofUser = t.choose(true, false);
        install(t, install -> {
            String id = t.key();
            String path = ofUser ? user(install.apiKey()) : workspace(id, install.apiKey());
            Map<String, @Nullable Object> mine = Values.hash("mine", id);
            set(t, "PRIV-3", path, null, mine, true);
            String sibling = t.install(Who.SIBLING).apiKey();
            String theirs = ofUser ? user(sibling) : workspace(id, sibling);
            doesNotHold(t, "PRIV-3", theirs, null, mine);
            set(t, "PRIV-3", theirs, null, Values.hash("theirs", id), true);
            holds(t, "PRIV-3", path, null, mine);
            String nobody = ofUser ? user("nobody-has-this-key") : workspace(id, "nobody-has-this-key");
            refuses(t, nobody, "unauthenticated");
            InstallUnderTest again = install.reinstall();
            t.note("the install is reinstalled");
            refuses(t, path, "install_revoked");
            again.uninstall();
        });
    }

    private static void refuses(Trial t, String path, String code) {
        for (Document answer : new Document[] {
            t.pluginData().get(path, null), t.pluginData().put(path, null, data("data", Values.hash("x", 1), true))
        }) {
            if (answer.status() != 401 || !answer.code().equals(code)) {
                throw t.brokenAt("PRIV-3", path + " was answered with " + answer + "; due was 401 " + code + ".");
            }
        }
    }

    @Property(
            clause = "PRIV-4",
            does = "reads before anything was set; the answer is null",
            skipped = "where there is no such API",
            lookAt = "what it answers instead",
            share = 10)
    void nullBeforeAnySet(Trial t) {
        install(t, install -> {
            String probe = user(install.apiKey());
            Document answer = t.pluginData().get(probe, null);
            if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
                throw t.skip("it offers no private data of plugins (" + answer.status() + ")");
            }
            if (!answer.isOk() || answer.body() == null || !answer.body().isNull()) {
                throw t.brokenAt("PRIV-4", "GET before any set was answered with " + answer + "; due was null.");
            }
        });
    }

    @Property(
            clause = "PRIV-5",
            does =
                    "sets and reads the settings of a user, of two projects and of a project's state, each of which is its own;"
                            + " the user's are put back afterwards",
            skipped = "where there is no such API",
            lookAt = "what a document is found by",
            share = 20)
    void settingsAreApart(Trial t) {
        PluginData data = t.pluginData();
        String id = t.key();
        String user = "contract-" + id;
        Document before = data.get("/settings/user", user);
        if (before.status() == 404 || before.status() == 405 || before.status() == 501) {
            throw t.skip("it offers no settings (" + before.status() + ")");
        }
        try {
            put(t, "/settings/user", user, Values.hash("doc", "user"));
            put(t, "/settings/project/" + id, user, Values.hash("doc", "project"));
            put(t, "/settings/state/" + id, user, Values.hash("doc", "state"));
            put(t, "/settings/project/" + id + "b", user, Values.hash("doc", "other"));
            holds(t, "PRIV-5", "/settings/user", user, Values.hash("doc", "user"));
            holds(t, "PRIV-5", "/settings/project/" + id, user, Values.hash("doc", "project"));
            holds(t, "PRIV-5", "/settings/state/" + id, user, Values.hash("doc", "state"));
            holds(t, "PRIV-5", "/settings/project/" + id + "b", user, Values.hash("doc", "other"));
            put(t, "/settings/state/" + id, user, Values.hash("new", 1));
            holds(t, "PRIV-5", "/settings/state/" + id, user, Values.hash("new", 1));
            holds(t, "PRIV-5", "/settings/project/" + id, user, Values.hash("doc", "project"));
        } finally {
            if (before.isOk() && before.body() != null && before.body().isObject()) {
                data.put("/settings/user", user, data("settings", WireForm.read(before.body()), false));
            }
        }
    }

    private static void put(Trial t, String path, String user, Object value) {
        Document answer = t.pluginData().put(path, user, data("settings", value, true));
        t.note("PUT " + path + " " + WireForm.json(value) + " → " + answer.status());
        if (!answer.isOk()) {
            throw t.brokenAt("PRIV-5", "PUT " + path + " was answered with " + answer + ".");
        }
    }
}
