package org.example.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.emulator.Install;
import dev.stowage.junit.EmulatorUrl;
import dev.stowage.junit.StorageEmulator;
import dev.stowage.storage.Hash;
import dev.stowage.storage.Storage;
import dev.stowage.storage.http.HttpStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The emulator beside a Spring Boot application that serves with a Jetty of its own. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(StorageEmulator.class)
class SpringReviewsTest {

    @SpringBootApplication
    static class Reviews {}

    @Autowired
    private ApplicationContext context;

    @LocalServerPort
    private int port;

    @Test
    void bothServe(Storage storage, Install install, EmulatorUrl url) {
        assertThat(context.getBean(Reviews.class)).isNotNull();
        storage.kvStore().put("k", Hash.of("port", port));
        assertThat(HttpStorage.connect(url.uri(), install.apiKey()).kvStore().get("k"))
                .isEqualTo(Hash.of("port", port));
        assertThat(url.uri().getPort()).isNotEqualTo(port);
    }
}
