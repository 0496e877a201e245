/** A module that stores reviews, and can start an emulator for a demonstration. */
module org.example.reviews {
    requires dev.stowage.emulator;
    requires dev.stowage.storage;

    exports org.example.reviews;
}
