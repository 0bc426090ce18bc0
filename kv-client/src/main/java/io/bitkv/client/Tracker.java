package io.bitkv.client;

import io.bitkv.codec.resp.Reply;

/** Is told what the server says unasked, and when it will say no more. */
interface Tracker {

  /** Wants to know of nothing. */
  Tracker NONE =
      new Tracker() {
        @Override
        public void pushed(Reply.Push push) {}

        @Override
        public void unreliable() {}
      };

  /** Takes a message, in its order among the replies. */
  void pushed(Reply.Push push);

  /** The connection takes no requests any more, and what the server says on it may be lost. */
  void unreliable();
}
