package dev.stowage.emulator.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A durable storage that keeps what was written, transaction by transaction, so that a test can end it after any of them. */
public final class RecordedStorage implements DurableStorage {

    private final List<List<LogEntry>> transactions = new ArrayList<>();
    private final Semaphore allowed = new Semaphore(1_000_000);
    private volatile CountDownLatch arrived = new CountDownLatch(0);
    private volatile RuntimeException failure;

    /** The storage that a crash after the first {@code count} transactions leaves. */
    public synchronized RecordedStorage after(int count) {
        RecordedStorage copy = new RecordedStorage();
        copy.transactions.addAll(transactions.subList(0, count));
        return copy;
    }

    public synchronized int size() {
        return transactions.size();
    }

    /** Lets writes wait. */
    public void block() {
        arrived = new CountDownLatch(1);
        allowed.drainPermits();
    }

    public void awaitWrite() throws InterruptedException {
        arrived.await();
    }

    public void unblock() {
        allowed.release(1_000_000);
    }

    public void fail(RuntimeException problem) {
        failure = problem;
    }

    @Override
    public synchronized void load(Loader loader) {
        Map<Partition, Long> versions = new LinkedHashMap<>();
        Map<RecordName, StoredRecord> records = new LinkedHashMap<>();
        transactions.stream().flatMap(List::stream).forEach(entry -> {
            if (entry instanceof LogEntry.Changed changed) {
                versions.merge(changed.name().partition(), changed.lastVersion(), Math::max);
                if (changed.record() == null) {
                    records.remove(changed.name());
                } else {
                    records.put(changed.name(), changed.record());
                }
            } else if (entry instanceof LogEntry.Dropped dropped) {
                versions.remove(dropped.partition());
                records.keySet().removeIf(name -> name.partition().equals(dropped.partition()));
            }
        });
        versions.forEach(loader::partition);
        records.forEach(loader::record);
    }

    @Override
    public void write(List<LogEntry> entries) {
        arrived.countDown();
        allowed.acquireUninterruptibly();
        if (failure != null) {
            throw failure;
        }
        synchronized (this) {
            transactions.add(entries);
        }
    }

    @Override
    public void close() {}
}
