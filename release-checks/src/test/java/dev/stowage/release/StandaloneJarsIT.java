package dev.stowage.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars that contain other software: what is bundled in them, and that their NOTICE names it. */
class StandaloneJarsIT {

    /** The folder of a bundled library's classes, and its name in the NOTICE. A library that is missing here fails the test. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("dev/stowage/emulator/shaded/javalin/", "Javalin"),
            Map.entry("dev/stowage/emulator/shaded/jetty/", "Eclipse Jetty"),
            Map.entry("dev/stowage/emulator/shaded/servlet/", "Jakarta Servlet API"),
            Map.entry("dev/stowage/emulator/shaded/kotlin/", "Kotlin standard library"),
            Map.entry("dev/stowage/emulator/shaded/annotations/", "JetBrains annotations"),
            Map.entry("dev/stowage/emulator/shaded/slf4j/", "SLF4J API"),
            Map.entry("com/fasterxml/jackson/", "Jackson"),
            Map.entry("org/sqlite/", "SQLite JDBC driver"),
            Map.entry("sqlite-jdbc.properties", "SQLite JDBC driver"),
            Map.entry("gg/jte/", "jte"),
            Map.entry("META-INF/resources/webjars/htmx.org/", "htmx"),
            Map.entry("picocli/", "picocli"),
            Map.entry("net/jqwik/", "jqwik"),
            Map.entry("org/junit/", "JUnit"),
            Map.entry("org/opentest4j/", "opentest4j"),
            Map.entry("org/apiguardian/", "API Guardian"),
            Map.entry("com/samskivert/mustache/", "JMustache"),
            Map.entry("me/tongfei/progressbar/", "progressbar"),
            Map.entry("org/postgresql/", "PostgreSQL JDBC Driver"),
            Map.entry("com/zaxxer/hikari/", "HikariCP"),
            Map.entry("org/jline/", "JLine"));

    static Stream<BuiltJar> standaloneJars() {
        return Stream.of(
                new BuiltJar(PublishedModule.STANDALONE.target().resolve("stowage.jar")),
                new BuiltJar(PublishedModule.CONTRACT_TESTS.target().resolve("stowage-contract.jar")));
    }

    /** A jar that lies beside {@code stowage.jar}. */
    static BuiltJar clientJar() {
        return new BuiltJar(PublishedModule.POSTGRESQL_STORE.target().resolve("stowage-postgresql.jar"));
    }

    static Stream<BuiltJar> jarsWithBundledSoftware() {
        return Stream.concat(standaloneJars(), Stream.of(clientJar()));
    }

    @ParameterizedTest
    @MethodSource("jarsWithBundledSoftware")
    void itsNoticeNamesWhatIsBundled(BuiltJar jar) {
        Set<String> bundled = new TreeSet<>();
        for (String name : jar.files()) {
            String file = name.replaceFirst("^META-INF/versions/[0-9]+/", "");
            if (file.startsWith("META-INF/") && !file.startsWith("META-INF/resources/")) {
                continue;
            }
            LIBRARIES.keySet().stream()
                    .filter(file::startsWith)
                    .findFirst()
                    .ifPresentOrElse(
                            folder -> bundled.add(LIBRARIES.get(folder)),
                            () -> assertThat(file)
                                    .as("a file of %s", jar)
                                    .startsWith("dev/stowage/")
                                    .doesNotContain("/shaded/"));
        }
        assertThat(bundled).isNotEmpty();
        String notice = jar.text("META-INF/NOTICE");
        assertThat(bundled)
                .allSatisfy(library -> assertThat(notice).containsPattern("(?m)^  \\Q" + library + "\\E\\s"));
    }

    @ParameterizedTest
    @MethodSource("jarsWithBundledSoftware")
    void hasTheLicensesThatItsNoticeRefersTo(BuiltJar jar) {
        assertThat(jar.text("META-INF/LICENSE")).contains("Apache License");
        String notice = jar.text("META-INF/NOTICE");
        Matcher reference = Pattern.compile("licenses/[\\w.-]+\\.txt").matcher(notice);
        while (reference.find()) {
            if (!jar.text("META-INF/" + reference.group()).contains("Copyright")) {
                assertThat(jar.text("META-INF/" + reference.group())).contains("License");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("standaloneJars")
    void hasTheLicensesOfJackson(BuiltJar jar) {
        for (String jackson : new String[] {"FastDoubleParser-LICENSE", "Schubfach-LICENSE"}) {
            assertThat(jar.text("META-INF/" + jackson)).contains("Copyright");
        }
    }

    @ParameterizedTest
    @MethodSource("standaloneJars")
    void starts(BuiltJar jar) {
        assertThat(jar.manifest().getValue("Main-Class")).endsWith(".Main");
        assertThat(jar.manifest().getValue("Implementation-Version")).isEqualTo(PublishedModule.VERSION);
    }

    @Test
    void theEmulatorFindsTheClientJarsBesideIt() {
        BuiltJar emulator = new BuiltJar(PublishedModule.STANDALONE.target().resolve("stowage.jar"));
        assertThat(emulator.manifest().getValue("Class-Path")).isEqualTo("stowage-postgresql.jar stowage-etcd.jar");
        assertThat(clientJar().files())
                .contains(
                        "META-INF/services/dev.stowage.emulator.record.RecordStoreProvider",
                        "META-INF/services/java.sql.Driver")
                .noneMatch(file -> file.startsWith("org/slf4j/"));
    }
}
