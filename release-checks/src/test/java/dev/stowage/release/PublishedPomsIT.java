package dev.stowage.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a build tool reads about an artifact: complete for Maven Central, and with nothing that only our build needs. */
class PublishedPomsIT {

    private static final Path BOM = PublishedModule.ROOT.resolve("bom/target/flattened-pom.xml");

    static Stream<Path> everyPom() {
        return Stream.concat(Stream.of(PublishedModule.values()).map(PublishedModule::pom), Stream.of(BOM));
    }

    @ParameterizedTest
    @MethodSource("everyPom")
    void hasWhatMavenCentralRequires(Path pom) throws Exception {
        Element project = read(pom).getDocumentElement();
        for (String required : List.of(
                "groupId",
                "artifactId",
                "version",
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "developers/developer/url",
                "scm/connection",
                "scm/developerConnection",
                "scm/url")) {
            assertThat(text(project, required)).as("%s of %s", required, pom).isNotBlank();
        }
        assertThat(text(project, "version")).isEqualTo(PublishedModule.VERSION);
    }

    @ParameterizedTest
    @MethodSource("everyPom")
    void standsAlone(Path pom) throws Exception {
        Element project = read(pom).getDocumentElement();
        assertThat(children(project, "parent")).isEmpty();
        assertThat(children(project, "build")).isEmpty();
        assertThat(children(project, "modules")).isEmpty();
        assertThat(children(project, "repositories")).isEmpty();
        assertThat(Files.readString(pom)).doesNotContain("${");
        // The project's page is one page; Maven appends the artifact's name unless it is told not to.
        assertThat(text(project, "url")).isEqualTo(text(project, "developers/developer/url"));
    }

    @Test
    void theApiNeedsJacksonAlone() throws Exception {
        assertThat(dependencies(PublishedModule.STORAGE_API)).containsExactly("jackson-databind:compile:false");
    }

    @Test
    void theEmulatorNeedsNoServerAndNoLog() throws Exception {
        assertThat(dependencies(PublishedModule.EMULATOR))
                .containsExactlyInAnyOrder("stowage-storage-api:compile:false", "jackson-databind:compile:false");
    }

    @Test
    void theStandaloneEmulatorNeedsTheConsoleTheDataStoreAndACommandLine() throws Exception {
        assertThat(dependencies(PublishedModule.STANDALONE))
                .containsExactlyInAnyOrder(
                        "stowage-emulator:compile:false",
                        "stowage-console:compile:false",
                        "stowage-data-store:compile:false",
                        "stowage-command-line:compile:false",
                        "picocli:compile:false");
    }

    @Test
    void theConsoleNeedsTheEmulatorAndWhatItsPagesAreMadeWith() throws Exception {
        assertThat(dependencies(PublishedModule.CONSOLE))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "stowage-emulator:compile:false",
                        "jackson-databind:compile:false",
                        "jte-runtime:compile:false",
                        "htmx.org:compile:false");
    }

    @Test
    void theDataStoreNeedsTheEmulatorAndSqlite() throws Exception {
        assertThat(dependencies(PublishedModule.DATA_STORE))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "stowage-emulator:compile:false",
                        "sqlite-jdbc:compile:false");
    }

    @Test
    void thePostgresqlStoreNeedsTheEmulatorTheDriverAndAPool() throws Exception {
        assertThat(dependencies(PublishedModule.POSTGRESQL_STORE))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "stowage-emulator:compile:false",
                        "postgresql:compile:false",
                        "HikariCP:compile:false");
    }

    @Test
    void theEtcdStoreNeedsTheEmulatorAndJacksonAlone() throws Exception {
        assertThat(dependencies(PublishedModule.ETCD_STORE))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "stowage-emulator:compile:false",
                        "jackson-databind:compile:false");
    }

    @Test
    void theExtensionNeedsTheEmulatorAndLeavesJUnitToTheUser() throws Exception {
        assertThat(dependencies(PublishedModule.JUNIT_EXTENSION))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "stowage-emulator:compile:false",
                        "jqwik-api:compile:true");
    }

    @Test
    void theContractSuiteNeedsWhatItRunsWith() throws Exception {
        assertThat(dependencies(PublishedModule.CONTRACT_TESTS))
                .containsExactlyInAnyOrder(
                        "stowage-storage-api:compile:false",
                        "jackson-databind:compile:false",
                        "junit-jupiter-api:compile:true",
                        "junit-platform-engine:compile:true",
                        "jqwik-api:compile:false",
                        "jqwik-engine:runtime:false",
                        "jmustache:compile:false",
                        "stowage-command-line:compile:true",
                        "picocli:compile:true",
                        "progressbar:compile:true");
    }

    @Test
    void theBomListsEveryPublishedJar() throws Exception {
        Element management =
                children(read(BOM).getDocumentElement(), "dependencyManagement").get(0);
        List<String> managed = new ArrayList<>();
        for (Element dependency : children(children(management, "dependencies").get(0), "dependency")) {
            assertThat(text(dependency, "groupId")).isEqualTo("dev.stowage");
            assertThat(text(dependency, "version")).isEqualTo(PublishedModule.VERSION);
            managed.add(text(dependency, "artifactId"));
        }
        assertThat(managed)
                .containsExactlyInAnyOrderElementsOf(Stream.of(PublishedModule.values())
                        .map(PublishedModule::artifactId)
                        .toList());
    }

    /** {@code artifactId:scope:optional}, without what is only provided at compile time. */
    private static List<String> dependencies(PublishedModule module) throws Exception {
        List<String> found = new ArrayList<>();
        for (Element list : children(read(module.pom()).getDocumentElement(), "dependencies")) {
            for (Element dependency : children(list, "dependency")) {
                String scope = text(dependency, "scope");
                if (!scope.equals("provided")) {
                    found.add(text(dependency, "artifactId") + ":" + (scope.isEmpty() ? "compile" : scope) + ":"
                            + text(dependency, "optional").equals("true"));
                }
            }
        }
        return found;
    }

    private static Document read(Path pom) throws Exception {
        assertThat(pom).exists();
        try (var in = Files.newInputStream(pom)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        } catch (IOException unreadable) {
            throw new IOException(pom.toString(), unreadable);
        }
    }

    /** The text at a path of element names; empty where there is none. */
    private static String text(Element from, String path) {
        Element element = from;
        for (String name : path.split("/")) {
            List<Element> children = children(element, name);
            if (children.isEmpty()) {
                return "";
            }
            element = children.get(0);
        }
        return element.getTextContent().trim();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
