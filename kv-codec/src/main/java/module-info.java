/** All bytes of the store, on disk and on the wire: pure functions that do no I/O. */
@SuppressWarnings("module") // The modules it exports to are built after it, so the compiler cannot know them yet.
module io.bitkv.codec {
  requires io.bitkv.api;

  exports io.bitkv.codec.entry to io.bitkv.engine;
  exports io.bitkv.codec.resp to io.bitkv.server, io.bitkv.client;
}
