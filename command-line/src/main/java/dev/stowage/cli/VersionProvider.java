package dev.stowage.cli;

import dev.stowage.storage.StowageVersion;
import picocli.CommandLine.IVersionProvider;

/** The line that {@code --version} prints: the product's name and its version. */
public abstract class VersionProvider implements IVersionProvider {

    private final String product;

    /** @param product the name before the version, for example {@code Stowage} */
    protected VersionProvider(String product) {
        this.product = product;
    }

    @Override
    public String[] getVersion() {
        return new String[] {product + " " + StowageVersion.current()};
    }
}
