package org.example.reviews;

import dev.stowage.emulator.Emulator;
import dev.stowage.emulator.Install;
import dev.stowage.storage.http.HttpStorage;

/** Counts two reviews in an emulator that it starts, over HTTP. */
public final class Demo {

    private Demo() {}

    public static double run() {
        try (Emulator emulator = Emulator.start()) {
            Install install = emulator.install();
            Reviews reviews = new Reviews(
                    HttpStorage.connect(emulator.url(), install.apiKey()).kvStore());
            reviews.add("lamp");
            return reviews.add("lamp");
        }
    }
}
