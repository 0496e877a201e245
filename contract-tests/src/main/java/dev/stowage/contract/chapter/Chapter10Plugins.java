package dev.stowage.contract.chapter;

import dev.stowage.contract.backend.InstallUnderTest;
import dev.stowage.contract.backend.PluginDataApi;
import dev.stowage.contract.backend.PluginDataApi.Document;
import dev.stowage.contract.call.SuiteValues;
import dev.stowage.contract.call.WireCodec;
import dev.stowage.contract.generator.Generators;
import dev.stowage.contract.property.Principal;
import dev.stowage.contract.property.Property;
import dev.stowage.contract.property.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chapter 10: the private data of plugins (Cloud9). Requires HTTP. */
final class Chapter10Plugins {

    private static final String KEY = "$KEY";

    /** A test with a separate install, which is uninstalled after it. */
    private interface WithInstall {
        void run(InstallUnderTest install);
    }

    private static void install(Trial t, WithInstall test) {
        PluginDataApi needed = t.pluginData();
        InstallUnderTest install = t.app().install();
        install.apiKey();
        test.run(install);
        t.count("plugin data " + (needed == null ? "none" : "used"));
        install.uninstall();
    }

    private static String workspace(String id) {
        return "projects/" + PluginDocument.encode(id);
    }

    @Property(
            clause = "PRIV-1",
            does = "sets an object, as JSON or as a string of JSON, for a user or a workspace, reads it, sets"
                    + " another or an empty one and reads that twice; nothing of the first is left",
            skipped = "if the backend does not have this API",
            lookAt = "whether set merges, and what it does with a string of JSON",
            share = 40)
    void setReplaces(Trial t) {
        boolean asText = t.choose(true, false);
        boolean ofUser = t.choose(true, false);
        Map<String, @Nullable Object> second = t.choose(List.of(
                SuiteValues.hash(
                        "b", SuiteValues.hash("c", SuiteValues.list(1, 1, null)), "é", "😀", "f", false, "n", null),
                SuiteValues.hash()));
        Map<String, Object> first = t.draw(Generators.HASH);
        install(t, install -> {
            PluginDocument document = PluginDocument.ofContext(
                    t, "PRIV-1", ofUser ? "user" : workspace(t.key()), install.apiKey(), KEY, null);
            document.set(first, asText);
            document.holds(first);
            document.set(second, asText);
            document.holds(second);
            document.holds(second);
        });
    }

    @Property(
            clause = "PRIV-2",
            does = "sets objects in two of these contexts: no user, a user, another user, a workspace, another"
                    + " workspace; each keeps its own object",
            skipped = "if the backend does not have this API",
            lookAt = "the lookup key of an object: it must include the context with its user or workspace",
            share = 20)
    void contextsAreApart(Trial t) {
        int one = t.choose(0, 1, 2, 3, 4);
        int other = (one + t.choose(1, 2, 3, 4)) % 5;
        install(t, install -> {
            String id = t.key();
            List<PluginDocument> all = new ArrayList<>();
            for (String user : new @Nullable String[] {null, "ann", "bob"}) {
                all.add(PluginDocument.ofContext(t, "PRIV-2", "user", install.apiKey(), KEY, user));
            }
            for (String workspace : List.of(id, id + "b")) {
                all.add(PluginDocument.ofContext(t, "PRIV-2", workspace(workspace), install.apiKey(), KEY, null));
            }
            all.get(one).set(SuiteValues.hash("of", one), true);
            all.get(other).doesNotHold(SuiteValues.hash("of", one));
            all.get(other).set(SuiteValues.hash("of", other), true);
            all.get(one).holds(SuiteValues.hash("of", one));
            all.get(other).holds(SuiteValues.hash("of", other));
        });
    }

    @Property(
            clause = "PRIV-2",
            does = "reads and sets in an unknown context; each is refused, with the status 400 or 404",
            skipped = "if the backend does not have this API",
            lookAt = "the check of the first part of the path",
            share = 5)
    void unknownContextIsRefused(Trial t) {
        install(t, install -> {
            for (Document response : inUnknownContext(t, install)) {
                if (response.status() != 400 && response.status() != 404) {
                    throw t.violationAtKeys(
                            "PRIV-2",
                            "the unknown context 'team': expected the status 400 or 404 but was " + response + ".");
                }
            }
        });
    }

    @Property(
            clause = "PRIV-2",
            does = "reads and sets in an unknown context; each is refused as invalid_request",
            skipped = "if the backend does not have this API",
            lookAt = "the code of the refusal; the wire protocol of plugin data defines none",
            advisory = true,
            share = 5)
    void unknownContextIsInvalid(Trial t) {
        install(t, install -> {
            for (Document response : inUnknownContext(t, install)) {
                if (response.isOk() || !response.code().equals("invalid_request")) {
                    throw t.violationAtKeys(
                            "PRIV-2", "the unknown context 'team': expected invalid_request but was " + response + ".");
                }
            }
        });
    }

    private static List<Document> inUnknownContext(Trial t, InstallUnderTest install) {
        PluginDocument user = PluginDocument.ofContext(t, "PRIV-2", "user", install.apiKey(), KEY, null);
        user.skipIfMissing(user.get());
        PluginDocument team = PluginDocument.ofContext(t, "PRIV-2", "team", install.apiKey(), KEY, null);
        return List.of(team.get(), team.put(SuiteValues.hash("a", 1), true));
    }

    @Property(
            clause = "PRIV-3",
            does = "reads and sets with another install's key, an unknown key, or the old key after a"
                    + " reinstall; none of them reaches the object",
            skipped = "if the backend does not have this API; the old key, if installs cannot be reinstalled",
            lookAt = "the lookup key of an object, and whether this API checks that the install is active",
            share = 20)
    void theKeyIsTheOnlyWayIn(Trial t) {
        boolean ofUser = t.choose(true, false);
        String whose = t.choose("another install's", "nobody's", "old");
        install(t, install -> {
            String id = t.key();
            String context = ofUser ? "user" : workspace(id);
            PluginDocument mine = PluginDocument.ofContext(t, "PRIV-3", context, install.apiKey(), KEY, null);
            mine.set(SuiteValues.hash("mine", id), true);
            if (whose.equals("nobody's")) {
                String nobody = "nobody-has-this-key";
                PluginDocument.ofContext(t, "PRIV-3", context, nobody, nobody, null)
                        .refuses(401, "unauthenticated");
            } else if (whose.equals("old")) {
                InstallUnderTest again = install.reinstall();
                t.noteReinstall(
                        Principal.INSTALL, Principal.of("the new install", "NEW_KEY", Principal.KeySource.STEP));
                mine.refuses(401, "install_revoked");
                again.uninstall();
            } else {
                String sibling = t.install(Principal.SIBLING).apiKey();
                PluginDocument theirs = PluginDocument.ofContext(
                        t, "PRIV-3", context, sibling, "$" + Principal.SIBLING.variable(), null);
                theirs.doesNotHold(SuiteValues.hash("mine", id));
                theirs.set(SuiteValues.hash("theirs", id), true);
                mine.holds(SuiteValues.hash("mine", id));
            }
        });
    }

    @Property(
            clause = "PRIV-4",
            does = "reads before anything was set; the result is null",
            skipped = "if the backend does not have this API",
            lookAt = "the value for an object that was never set",
            share = 10)
    void nullBeforeAnySet(Trial t) {
        boolean ofUser = t.choose(true, false);
        install(t, install -> {
            PluginDocument document = PluginDocument.ofContext(
                    t, "PRIV-4", ofUser ? "user" : workspace(t.key()), install.apiKey(), KEY, null);
            Document response = document.get();
            document.skipIfMissing(response);
            if (!response.isOk() || response.body() == null || !response.body().isNull()) {
                throw t.violationAtKeys("PRIV-4", "GET before any set: expected null but was " + response + ".");
            }
        });
    }

    @Property(
            clause = "PRIV-5",
            does = "sets and reads two of these documents: the settings of a user, of two projects, of two"
                    + " projects' states; each is separate. The user's settings are restored afterwards",
            skipped = "if the backend does not have this API",
            lookAt = "the lookup key of a document",
            share = 20)
    void settingsAreApart(Trial t) {
        int one = t.choose(0, 1, 2, 3, 4);
        int other = (one + t.choose(1, 2, 3, 4)) % 5;
        String id = t.key();
        String user = "contract-" + id;
        List<PluginDocument> all = List.of(
                PluginDocument.ofSettings(t, "PRIV-5", "/settings/user", user),
                PluginDocument.ofSettings(t, "PRIV-5", "/settings/project/" + id, user),
                PluginDocument.ofSettings(t, "PRIV-5", "/settings/state/" + id, user),
                PluginDocument.ofSettings(t, "PRIV-5", "/settings/project/" + id + "b", user),
                PluginDocument.ofSettings(t, "PRIV-5", "/settings/state/" + id + "b", user));
        Document before = t.pluginData().get("/settings/user", user);
        all.get(0).skipIfMissing(before);
        try {
            all.get(one).set(SuiteValues.hash("of", one), true);
            all.get(other).set(SuiteValues.hash("of", other), true);
            all.get(one).holds(SuiteValues.hash("of", one));
            all.get(other).set(SuiteValues.hash("new", 1), true);
            all.get(other).holds(SuiteValues.hash("new", 1));
        } finally {
            if (before.isOk() && before.body() != null && before.body().isObject()) {
                t.pluginData().put("/settings/user", user, all.get(0).body(WireCodec.read(before.body()), false));
            }
        }
    }
}
