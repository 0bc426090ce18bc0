package io.bitkv.bench.subject;

import io.bitkv.api.DirectoryKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subjects by the names that the command line and the report use. */
public final class Subjects {

  /** The name of this project's engine with its default directory. */
  public static final String BITKV = "bitkv";

  /** The name of the map that keeps nothing: the ceiling. */
  public static final String HASH_MAP = "hashmap";

  private static final Map<String, Subject.Factory> FACTORIES = new LinkedHashMap<>();

  static {
    FACTORIES.put(BITKV, setup -> new BitkvSubject(setup, DirectoryKind.COMPACT));
    FACTORIES.put("bitkv-heap", setup -> new BitkvSubject(setup, DirectoryKind.HEAP));
    FACTORIES.put("bitkv-ordered", setup -> new BitkvSubject(setup, DirectoryKind.ORDERED));
    FACTORIES.put("rocksdb", setup -> new RocksSubject(setup, false));
    FACTORIES.put("rocksdb-tuned", setup -> new RocksSubject(setup, true));
    FACTORIES.put("lmdb", LmdbSubject::new);
    FACTORIES.put("mvstore", MvStoreSubject::new);
    FACTORIES.put("mapdb", MapDbSubject::new);
    FACTORIES.put("chronicle-map", ChronicleSubject::new);
    FACTORIES.put("xodus", XodusSubject::new);
    FACTORIES.put("je", BerkeleySubject::new);
    FACTORIES.put(HASH_MAP, setup -> new HashMapSubject());
  }

  private Subjects() {}

  /**
   * Lists the subjects.
   *
   * @return their names
   */
  public static List<String> names() {
    return new ArrayList<>(FACTORIES.keySet());
  }

  /**
   * Opens a subject.
   *
   * @param name one of {@link #names()}
   * @param setup with what
   * @return the open store
   * @throws Exception if it cannot be opened
   */
  public static Subject open(String name, Subject.Setup setup) throws Exception {
    Subject.Factory factory = FACTORIES.get(name);
    if (factory == null) {
      throw new IllegalArgumentException("no subject is called " + name + "; choose of " + FACTORIES.keySet());
    }
    return factory.open(setup);
  }
}
