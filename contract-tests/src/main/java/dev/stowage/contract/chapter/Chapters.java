package dev.stowage.contract.chapter;

import dev.stowage.contract.property.PropertyMethod;
import java.util.List;

/** All properties of the suite, chapter by chapter. */
public final class Chapters {

    private static final List<PropertyMethod> ALL = PropertyMethod.of(List.of(
            new Chapter1Values(),
            new Chapter1ReadBack(),
            new Chapter1Sizes(),
            new Chapter2Keys(),
            new Chapter3Records(),
            new Chapter3Patches(),
            new Chapter3Deletes(),
            new Chapter4Expiry(),
            new Chapter4Ttl(),
            new Chapter5Numbers(),
            new Chapter6Lists(),
            new Chapter7Sets(),
            new Chapter8Installs(),
            new Chapter9Order(),
            new Chapter10Plugins(),
            new Chapter11Errors(),
            new Chapter12Durability(),
            new RacesOnFields(),
            new RacesOnRecords()));

    private Chapters() {}

    public static List<PropertyMethod> properties() {
        return ALL;
    }
}
