package io.tombola.storage.journal.sql;

import io.tombola.storage.postgres.PostgresServer;

class PostgresSnapshotIT extends SnapshotContract {

  private final String url = PostgresServer.shared().newSchemaUrl();

  @Override
  protected String url() {
    return url;
  }
}
