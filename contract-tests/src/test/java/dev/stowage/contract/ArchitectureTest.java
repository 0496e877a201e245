package dev.stowage.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may depend on which, and why. */
@AnalyzeClasses(packages = "dev.stowage.contract", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theSuiteNeverSeesTheEmulator = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.stowage.emulator..")
            .because("a backend is judged by the contract, not by another backend");

    @ArchTest
    static final ArchRule onlyTheGeneratorsKnowJqwik = noClasses()
            .that()
            .resideOutsideOfPackages("dev.stowage.contract.generator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("net.jqwik..")
            .because("jqwik stays behind the generator package");

    @ArchTest
    static final ArchRule theModelIsPure = noClasses()
            .that()
            .resideInAnyPackage("dev.stowage.contract.model..", "dev.stowage.contract.history..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.net..",
                    "java.util.concurrent..",
                    "dev.stowage.contract.property..",
                    "dev.stowage.contract.run..")
            .because("the model is a pure function of a record and a call");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackages("dev.stowage.contract.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..")
            .because("they are optional dependencies, for the jar alone");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.stowage.(**)").should().beFreeOfCycles().because("data flows one way");
}
