/** A store of web sessions, as an example of an application with the bitkv client. */
module example.sessions {
  requires io.bitkv.client;

  // The codecs read and make the records.
  opens example.sessions to
      io.bitkv.api;
}
