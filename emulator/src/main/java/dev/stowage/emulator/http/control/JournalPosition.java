package dev.stowage.emulator.http.control;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A position in the journal from which a client resumes.
 *
 * @param sequence the sequence to read after; 0 if the position is lost
 * @param isLost true if the position is one of a journal before a restart. Sequences start at 1 again after a restart, so that a
 *     client would miss entries
 */
record JournalPosition(long sequence, boolean isLost) {

    private static final JournalPosition LOST = new JournalPosition(0, true);

    /** The positions of one run of the emulator. Ids of events contain a random id of the run: {@code 5f3a9c-17}. */
    static final class Run {

        private final String id = Long.toHexString(ThreadLocalRandom.current().nextLong(1L << 32, 1L << 40));

        /** Returns the id of the event with this sequence. */
        String eventId(long sequence) {
            return id + "-" + sequence;
        }

        /**
         * Returns the position of an event id, or of a plain sequence.
         *
         * @param last the last sequence of this run
         * @throws dev.stowage.storage.StorageException {@code invalid_request} if the text is neither
         */
        JournalPosition ofEventId(String eventId, long last) {
            int dash = eventId.lastIndexOf('-');
            long sequence = ControlRequest.wholeNumber(
                    "The sequence in the header Last-Event-ID", dash < 1 ? eventId : eventId.substring(dash + 1));
            return dash < 1 || (dash == id.length() && eventId.startsWith(id)) ? ofSequence(sequence, last) : LOST;
        }

        /** Returns the position of a sequence. A sequence after the last one is of another run. */
        JournalPosition ofSequence(long sequence, long last) {
            return sequence > last ? LOST : new JournalPosition(sequence, false);
        }
    }
}
