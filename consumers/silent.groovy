// Run by each project's postbuild.groovy: the tests of a green run print nothing but Surefire's own lines.
// Whatever is in the log between the two lines below comes from a test, a library or the JVM.
List<String> printed = []
File log = new File(basedir, "../target/logs/${basedir.name}/build.log")
boolean testing = false
boolean tested = false
log.eachLine('UTF-8') { String line ->
    if (line.contains('T E S T S')) {
        testing = true
        tested = true
    } else if (line.startsWith('[INFO] Results:')) {
        testing = false
    } else if (testing
            && !line.isBlank()
            && !(line ==~ /\[INFO\] -*/)
            && !(line ==~ /\[INFO\] Running [\w.$]+/)
            && !(line ==~ /\[INFO\] Tests run: \d+, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: .*/)) {
        printed << line
    }
}
if (!tested) {
    throw new IllegalStateException("${basedir.name}: no test was run, see ${log}")
}
if (printed) {
    throw new IllegalStateException(
            "${basedir.name}: expected a green run to print nothing, but it printed:\n" + printed.take(20).join('\n'))
}
return true
