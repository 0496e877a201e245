package dev.stowage.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may depend on which, and why. */
@AnalyzeClasses(packages = "dev.stowage.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stowage.emulator.http..", "io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
            .because("the emulator's artifact has the server under another name");

    @ArchTest
    static final ArchRule noInternals = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stowage.emulator.record..",
                    "dev.stowage.emulator.operation..",
                    "dev.stowage.emulator.transfer..",
                    "dev.stowage.emulator.plugin..")
            .because("the pages show what the public API says, and no second opinion");

    @ArchTest
    static final ArchRule whatPagesShareKnowsNoPage = noClasses()
            .that()
            .resideInAPackage("dev.stowage.console.page")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.stowage.console",
                    "dev.stowage.console.advice",
                    "dev.stowage.console.controls",
                    "dev.stowage.console.data",
                    "dev.stowage.console.requests")
            .because("a page can be changed without a look at the others");

    @ArchTest
    static final ArchRule noCycles = slices().matching("dev.stowage.console.(**)")
            .should()
            .beFreeOfCycles()
            .because("each package can be understood without those above it");
}
