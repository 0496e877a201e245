package dev.stowage.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleFinder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the jars that users depend on. */
class PublishedJarsIT {

    static Stream<BuiltJar> everyJar() {
        return Stream.of(PublishedModule.values()).flatMap(PublishedModule::jars);
    }

    @ParameterizedTest
    @MethodSource("everyJar")
    void hasLicenseAndNotice(BuiltJar jar) {
        assertThat(jar.text("META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
        assertThat(jar.text("META-INF/NOTICE")).startsWith("Stowage\nCopyright");
    }

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void isAModuleOfItsName(PublishedModule module) {
        assertThat(module.jar().manifest().getValue("Automatic-Module-Name")).isEqualTo(module.moduleName());
        // Fails for a provider in META-INF/services that is not in the jar, and for a class in the unnamed package.
        assertThat(ModuleFinder.of(module.jar().file()).find(module.moduleName()))
                .isPresent();
    }

    /** A resource at the root of a dependency is a resource of the user's program: jndi.properties broke its JNDI. */
    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void hasNothingOutsideItsPackages(PublishedModule module) {
        String packages = "dev/stowage/" + module.moduleName().substring("dev.stowage.".length()) + "/";
        assertThat(module.jar().files())
                .allMatch(
                        name -> name.startsWith(packages) || name.startsWith("META-INF/"),
                        "in " + packages + " or in META-INF");
    }

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void hasOnlyWhatItNeedsInMetaInf(PublishedModule module) {
        String ownPom = "META-INF/maven/dev.stowage/" + module.artifactId() + "/";
        assertThat(module.jar().files())
                .filteredOn(name -> name.startsWith("META-INF/"))
                .allMatch(
                        name -> name.equals("META-INF/MANIFEST.MF")
                                || name.equals("META-INF/LICENSE")
                                || name.equals("META-INF/NOTICE")
                                || name.startsWith("META-INF/licenses/")
                                || name.startsWith("META-INF/services/dev.stowage.")
                                || name.startsWith("META-INF/services/org.junit.platform.")
                                || name.startsWith("META-INF/services/org.junit.jupiter.")
                                || name.startsWith(ownPom)
                                || name.matches("META-INF/versions/[0-9]+/dev/stowage/.*"),
                        "needed");
    }

    @Test
    void theEmulatorRefersToNoLibraryByAnUnrelocatedService() {
        assertThat(PublishedModule.EMULATOR.jar().files())
                .filteredOn(name -> name.startsWith("META-INF/services/"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(PublishedModule.EMULATOR.jar().text(name))
                        .doesNotContainPattern("(?m)^(?!dev\\.stowage\\.|#|\\s*$)"));
    }
}
