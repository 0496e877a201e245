package dev.stowage.contract.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.contract.clause.Clauses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/broken-stores.md lists all broken stores; {@code -Dcontract.writeDocs=true} regenerates it. */
class BrokenStoresPageTest {

    private static final Path PAGE = Path.of("").toAbsolutePath().getParent().resolve("docs/broken-stores.md");

    private static String page() {
        StringBuilder page = new StringBuilder("# Broken stores\n\nThe contract suite is tested on "
                + BrokenStores.all().size() + " stores with one flaw each, at least one for each of the "
                + Clauses.all().size()
                + " clauses. Each must fail its clause with a message that names the clause"
                + " (`BrokenStoresAreFoundTest`). Those of **E** clauses must not make a run on"
                + " a foreign backend fail.\n"
                + "This page is generated; `BrokenStoresPageTest` checks that it is current.\n\n|"
                + " clause | from | a store that |\n| --- | --- | --- |\n");
        for (BrokenStore store : BrokenStores.all()) {
            page.append("| ")
                    .append(store.clause())
                    .append(" | ")
                    .append(Clauses.of(store.clause()).origin())
                    .append(" | ")
                    .append(store.does())
                    .append(" |\n");
        }
        return page.toString();
    }

    @Test
    void listsThemAll() throws IOException {
        if (Boolean.getBoolean("contract.writeDocs")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }
}
