package org.example.visits;

import dev.stowage.storage.Storage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service of an app, which gets the storage injected. */
class VisitCounter {

    private final Storage storage;

    VisitCounter(Storage storage) {
        this.storage = storage;
    }

    double count(String page) {
        return storage.kvStore().increment(page, "visits");
    }

    @Configuration(proxyBeanMethods = false)
    static class App {
        @Bean
        VisitCounter visitCounter(Storage storage) {
            return new VisitCounter(storage);
        }
    }
}
