# An image of the emulator: a Java runtime with the modules that stowage.jar needs, and the jar. How to run it: docs/adopting.md.
#   docker build -t stowage .
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:21-jdk
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${JDK_IMAGE} AS build
WORKDIR /stowage
COPY . .
RUN ./mvnw -B -ntp -q -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package -pl standalone,postgresql-store,etcd-store -am
# The last five are for the clients of shared stores. java.desktop is an optional dependency of Jackson.
RUN jlink --add-modules java.base,java.logging,java.management,java.sql,java.xml,jdk.unsupported,java.net.http,java.naming,java.security.jgss,java.security.sasl,jdk.crypto.ec \
    --strip-java-debug-attributes --no-header-files --no-man-pages --output /opt/java && mkdir /data /opt/stowage
RUN cp standalone/target/stowage.jar postgresql-store/target/stowage-postgresql.jar etcd-store/target/stowage-etcd.jar LICENSE standalone/NOTICE /opt/stowage/
# An archive of the classes that a start loads. The JVM ignores it if the jar or the Java is another one.
RUN /opt/java/bin/java -Xshare:off -XX:DumpLoadedClassList=/tmp/classes -cp /opt/stowage/stowage.jar dev.stowage.standalone.Rehearsal </dev/null && \
    /opt/java/bin/java -Xshare:dump -XX:SharedClassListFile=/tmp/classes -XX:SharedArchiveFile=/opt/stowage/stowage.jsa -cp /opt/stowage/stowage.jar

FROM ${BASE_IMAGE}
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/stowage /opt/stowage
# Fails if the archive does not fit.
RUN ["/opt/java/bin/java", "-Xshare:on", "-XX:SharedArchiveFile=/opt/stowage/stowage.jsa", "-jar", "/opt/stowage/stowage.jar", "--version"]
# For -e STOWAGE_DATA=/data/stowage with a volume for /data. Without it the process writes nothing.
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
# On an address that is not a loopback one the emulator starts only with an admin token: -e STOWAGE_ADMIN_TOKEN=...
ENV STOWAGE_HOST=0.0.0.0 STOWAGE_PORT=4300
EXPOSE 4300
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s --retries=3 CMD ["/bin/bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/$STOWAGE_PORT && printf 'GET /_emulator/health HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\nAuthorization: Bearer %s\\r\\nConnection: close\\r\\n\\r\\n' \"$STOWAGE_PORT\" \"$STOWAGE_ADMIN_TOKEN\" >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/opt/java/bin/java", "-Xshare:auto", "-XX:SharedArchiveFile=/opt/stowage/stowage.jsa", "-jar", "/opt/stowage/stowage.jar"]
