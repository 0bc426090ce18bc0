package io.bitkv.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples that the documentation shows of how failures are handled, as they stand there. */
class FailureSnippetsTest {

  private final byte[] key = "k".getBytes(UTF_8);
  private final byte[] value = "v".getBytes(UTF_8);
  private final List<String> log = new ArrayList<>();

  /** A store of which every method but {@code close} fails. */
  private static EmbeddedStore failing(KvException failure) {
    Class<?>[] types = {EmbeddedStore.class};
    Object proxy =
        Proxy.newProxyInstance(
            EmbeddedStore.class.getClassLoader(),
            types,
            (self, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              throw failure;
            });
    return (EmbeddedStore) proxy;
  }

  @Test
  void remote() {
    put(failing(new OutcomeUnknownException("no reply")));
    put(failing(new NotSentException("no connection")));
    put(failing(new OverloadedException("full")));
    put(failing(new RejectedException("WRONGTYPE", "WRONGTYPE no")));
    assertEquals(List.of("look before it is written again", "try again", "wait a little", "refused: WRONGTYPE"), log);
  }

  private void put(KeyValueStore store) {
    // @start region="remote"
    try {
      store.put(key, value);
    } catch (OutcomeUnknownException e) {
      log.add("look before it is written again");
    } catch (NotSentException e) {
      log.add("try again");
    } catch (OverloadedException e) {
      log.add("wait a little");
    } catch (RejectedException e) {
      log.add("refused: " + e.code());
    }
    // @end
  }

  @Test
  void writing() {
    write(failing(new WritesRefusedException(WritesRefusedException.Reason.DISK_FULL, "full", null)));
    write(failing(new SyncFailedException("not synced")));
    write(failing(new StoreIoException("data/1.data")));
    write(failing(new StoreClosedException("closed")));
    assertEquals(
        List.of("there is no space at present", "it may not last: not synced", "the disk failed: data/1.data", "open the store again"), log);
  }

  private void write(EmbeddedStore store) {
    // @start region="writing"
    try {
      store.put(key, value, Put.always().durable());
    } catch (WritesRefusedException e) {
      switch (e.reason()) {
        case DISK_FULL -> log.add("there is no space at present");
        case POISONED -> log.add("close the store and open it again");
        case READ_ONLY -> log.add("it was opened for reading");
      }
    } catch (SyncFailedException e) {
      log.add("it may not last: " + e.getMessage());
    } catch (StoreIoException e) {
      log.add("the disk failed: " + e.getMessage());
    } catch (StoreClosedException e) {
      log.add("open the store again");
    }
    // @end
  }

  @Test
  void opening() {
    open(failing(new StoreLockedException(Path.of("data"), "process 4711")));
    open(failing(new StoreFormatException("format 9")));
    open(failing(new StoreCorruptException(Path.of("data", "1.data"), 42, "bad checksum")));
    assertEquals(List.of("in use by process 4711", "of another version: format 9", "damaged: 1.data from byte 42 on"), log);
  }

  private void open(EmbeddedStore failing) {
    // @start region="opening"
    try (EmbeddedStore store = failing) { // @replace substring='failing' replacement='KeyValueStore.open(Path.of("data"), options)'
      store.put(key, value);
    } catch (StoreLockedException e) {
      log.add("in use by " + e.holder());
    } catch (StoreFormatException e) {
      log.add("of another version: " + e.getMessage());
    } catch (StoreCorruptException e) {
      log.add("damaged: " + e.file().getFileName() + " from byte " + e.offset() + " on");
    }
    // @end
  }

  @Test
  void impossible() {
    ask(failing(new UnsupportedFeatureException("no versions")));
    ask(failing(new LimitExceededException("too large")));
    ask(failing(new InvalidOptionException("too late")));
    assertEquals(List.of("not with this store: no versions", "make it smaller: too large", "choose another: too late"), log);
  }

  private void ask(KeyValueStore store) {
    // @start region="impossible"
    try {
      store.put(key, value, Put.ifVersion(7));
    } catch (UnsupportedFeatureException e) {
      log.add("not with this store: " + e.getMessage());
    } catch (LimitExceededException e) {
      log.add("make it smaller: " + e.getMessage());
    } catch (InvalidOptionException e) {
      log.add("choose another: " + e.getMessage());
    }
    // @end
  }
}
