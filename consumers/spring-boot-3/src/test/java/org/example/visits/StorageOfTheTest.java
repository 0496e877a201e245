package org.example.visits;

import dev.stowage.storage.BaseStore;
import dev.stowage.storage.KeyValueStore;
import dev.stowage.storage.Storage;
import java.util.Objects;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

// bean: begin
@TestConfiguration(proxyBeanMethods = false)
class StorageOfTheTest {

    @Bean
    @Primary
    CurrentStorage currentStorage() {
        return new CurrentStorage();
    }

    static class CurrentStorage implements Storage {
        private volatile Storage current;

        void use(Storage storage) {
            current = storage;
        }

        private Storage current() {
            return Objects.requireNonNull(current, "no test is running");
        }

        @Override
        public BaseStore secrets() {
            return current().secrets();
        }

        @Override
        public BaseStore settings() {
            return current().settings();
        }

        @Override
        public KeyValueStore kvStore() {
            return current().kvStore();
        }

        @Override
        public KeyValueStore sharedKvStore() {
            return current().sharedKvStore();
        }
    }
}
// bean: end
