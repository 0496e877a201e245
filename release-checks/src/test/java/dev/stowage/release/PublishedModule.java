package dev.stowage.release;

import java.nio.file.Path;
import java.util.stream.Stream;

/** A module whose jar is published, with the files that its build leaves in {@code target}. */
enum PublishedModule {
    STORAGE_API("storage-api", "dev.stowage.storage"),
    COMMAND_LINE("command-line", "dev.stowage.cli"),
    EMULATOR("emulator", "dev.stowage.emulator"),
    CONSOLE("console", "dev.stowage.console"),
    DATA_STORE("data-store", "dev.stowage.data"),
    POSTGRESQL_STORE("postgresql-store", "dev.stowage.postgresql"),
    ETCD_STORE("etcd-store", "dev.stowage.etcd"),
    STANDALONE("standalone", "dev.stowage.standalone"),
    CONTRACT_TESTS("contract-tests", "dev.stowage.contract"),
    JUNIT_EXTENSION("junit-extension", "dev.stowage.junit");

    static final Path ROOT = Path.of(System.getProperty("stowage.root"));
    static final String VERSION = System.getProperty("stowage.version");

    /** Whether the release profile is on, which also builds sources, Javadoc and SBOMs. */
    static final boolean RELEASE = Boolean.getBoolean("stowage.release");

    private final String folder;
    private final String moduleName;

    PublishedModule(String folder, String moduleName) {
        this.folder = folder;
        this.moduleName = moduleName;
    }

    String artifactId() {
        return "stowage-" + folder;
    }

    String moduleName() {
        return moduleName;
    }

    Path target() {
        return ROOT.resolve(folder).resolve("target");
    }

    Path pom() {
        return target().resolve("flattened-pom.xml");
    }

    BuiltJar jar() {
        return jar("");
    }

    /** @param suffix {@code -sources} or {@code -javadoc}; empty for the jar itself */
    BuiltJar jar(String suffix) {
        return new BuiltJar(target().resolve(artifactId() + "-" + VERSION + suffix + ".jar"));
    }

    /** Every jar of this module that is published. */
    Stream<BuiltJar> jars() {
        return RELEASE ? Stream.of(jar(), jar("-sources"), jar("-javadoc")) : Stream.of(jar());
    }
}
