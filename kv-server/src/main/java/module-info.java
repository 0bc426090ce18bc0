/** The TCP server and the {@code kv} program; it finds its storage engine as a service. */
module io.bitkv.server {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires io.bitkv.api;
  requires io.bitkv.codec;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires info.picocli;
  requires java.management;
  requires jdk.httpserver;
  requires jdk.management;
  requires jdk.net;
  requires org.slf4j;

  exports io.bitkv.server;

  provides ch.qos.logback.classic.spi.Configurator with
      io.bitkv.server.ProgramLog;
}
