package dev.stowage.contract.selftest;

import java.util.List;
import java.util.stream.Stream;

/** All broken stores, by chapter. */
final class BrokenStores {

    private BrokenStores() {}

    static List<BrokenStore> all() {
        return Stream.of(
                        BrokenValues.all(),
                        BrokenRecords.chapter3(),
                        BrokenRecords.chapter4(),
                        BrokenFields.chapter5(),
                        BrokenFields.chapter6(),
                        BrokenFields.chapter7(),
                        BrokenInstalls.chapter8(),
                        BrokenInstalls.chapter9(),
                        BrokenInstalls.chapters10And11(),
                        BrokenDurability.chapter12())
                .flatMap(List::stream)
                .toList();
    }
}
