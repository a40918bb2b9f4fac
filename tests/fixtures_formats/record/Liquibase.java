import java.sql.DriverManager;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Runs Liquibase: URL FOLDER CHANGELOG [USER PASSWORD]; prints the changesets that ran. */
class LiquibaseMain {
  public static void main(String[] words) throws Exception {
    String user = words.length > 3 ? words[3] : null, password = words.length > 3 ? words[4] : null;
    var connection = new JdbcConnection(DriverManager.getConnection(words[0], user, password));
    var database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(connection);
    var accessor = new DirectoryResourceAccessor(java.nio.file.Path.of(words[1]));
    new liquibase.Liquibase(words[2], accessor, database).update("");
    for (var ran : database.getRanChangeSetList()) System.out.println("RAN " + ran.getChangeLog() + " " + ran.getId());
  }
}
