/** Runs Flyway: URL FOLDER [USER PASSWORD]; prints the scripts that ran. */
class FlywayMain {
  public static void main(String[] words) {
    String user = words.length > 2 ? words[2] : null, password = words.length > 2 ? words[3] : null;
    var flyway = org.flywaydb.core.Flyway.configure().dataSource(words[0], user, password)
        .locations("filesystem:" + words[1])
        // Its lock is a transaction by default, for whose end CREATE INDEX CONCURRENTLY would wait.
        .configuration(java.util.Map.of("flyway.postgresql.transactional.lock", "false")).load();
    for (var ran : flyway.migrate().migrations) System.out.println("RAN " + new java.io.File(ran.filepath).getName());
  }
}
