package org.example.visits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

// test: begin
@SpringBootTest(classes = VisitCounter.App.class)
@Import(StorageOfTheTest.class)
@ExtendWith(StorageEmulator.class)
class VisitCounterTest {

    @Autowired
    private VisitCounter counter;

    @BeforeEach
    void connect(Storage storage, @Autowired StorageOfTheTest.CurrentStorage bean) {
        bean.use(storage);
    }

    @RepeatedTest(2)
    void countsTheFirstVisit(Install install) {
        assertThat(counter.count("home")).isEqualTo(1);
        assertThat(install.storage().kvStore().get("home")).isEqualTo(Hash.of("visits", 1));
    }
}
// test: end
