package dev.stowage.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files that only the release profile builds. Run by that profile alone. */
class ReleaseFilesIT {

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void hasSources(PublishedModule module) {
        assertThat(module.jar("-sources").files()).anyMatch(name -> name.endsWith("/package-info.java"));
    }

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void hasJavadoc(PublishedModule module) {
        assertThat(module.jar("-javadoc").files()).contains("index.html");
    }

    @ParameterizedTest
    @EnumSource(PublishedModule.class)
    void hasAnSbomInBothFormats(PublishedModule module) {
        assertThat(module.target().resolve("bom.json"))
                .content()
                .contains("CycloneDX", "\"" + module.artifactId() + "\"");
        assertThat(module.target().resolve("bom.xml")).content().contains("cyclonedx", module.artifactId());
    }
}
