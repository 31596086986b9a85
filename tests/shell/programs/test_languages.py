"""What the programs of `languages` would do."""

from __future__ import annotations

from tests.shell.rows import rows

test_rows = rows(
    r"""
go run ./cmd/x => run go run ./cmd/x [runner]
go build ./... => run go build ./... [runner]
go test -exec 'sh -c id' ./... => run go test -exec sh -c id ./... [runner] · run sh -c id · run id
java -jar app.jar => run java -jar app.jar · read app.jar
javac Main.java => run javac Main.java · read Main.java
rustc main.rs => run rustc main.rs · read main.rs
tsc -p . => run tsc -p . · read .
mvn test => run mvn test [runner]
gradle build => run gradle build [runner]
"""
)
