// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CLinux
import FaceModel
import FaceSimulator
import Glibc
import Logging
import SystemPackage
import UnixSignals

/// The command that serves a simulated appliance until it is told to stop.
@main
struct FacelibSimulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facelib-simulator",
        abstract: "Serves a simulated face-recognition appliance.",
        discussion: """
            Prints its URL on one line when it listens; then, where they apply, "control URL" and \
            "pin sha256//…". With --instances, these lines come for each device in turn, once all of them \
            listen. SIGTERM or SIGINT ends it. The user is admin with the password Facelib-2026 unless told \
            otherwise.
            """
    )

    @Option(help: "How many devices to be, 1 to 64. With several, device K keeps its data in DIR/K.")
    var instances: Int = 1

    @Option(help: "The port to listen on; 0 takes any free one. Further devices take the ports after it.")
    var port: Int = 0

    @Option(help: "The folder for the device's database and files.")
    var data: String?

    @Option(help: "The address to listen on.")
    var host: String = "127.0.0.1"

    @Flag(help: "Serve HTTPS with a self-signed certificate kept in the data folder.")
    var tls = false

    @Option(help: "The device's user.")
    var user: String = "admin"

    @Option(help: "A file with the user's password.")
    var passwordFile: String?

    @Option(name: .customLong("quirk"), help: "NAME or NAME=VALUE, K:NAME[=VALUE] for device K only; repeatable.")
    var quirks: [String] = []

    @Flag(name: .customLong("no-decode"), help: "Accept pictures by their first bytes, without decoding them.")
    var acceptsUndecoded = false

    @Flag(help: "Answer an export that was made before with the same archive, unless its contents changed.")
    var keepArchives = false

    @Option(help: "Have N captures, alarms and other records of each kind.")
    var records: Int = 0

    @Option(help: "Have N cameras, 0 to 8.")
    var cameras: Int = 0

    @Option(help: "A loopback port for /simulator/state; 0 takes any free one.")
    var controlPort: Int?

    @Flag(help: "End when standard input ends too, as it does when the program that started this one dies.")
    var untilInputEnds = false

    @Flag(help: "Print all quirks and end.")
    var listQuirks = false

    func run() async throws {
        if listQuirks {
            print(Quirk.listing)
            return
        }
        let simulators = try simulatorConfigurations()
        Self.keepMemory()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        var logger = Logger(label: "facelib-simulator", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = .warning
        do {
            try await Simulator.run(simulators, logger: logger) { running in
                let lines = running.flatMap(Self.lines)
                try FileDescriptor.standardOutput.writeAll((lines.joined(separator: "\n") + "\n").utf8)
                await withTaskGroup { group in
                    group.addTask { for await _ in signals { break } }
                    if untilInputEnds { group.addTask { await Self.waitForEndOfInput() } }
                    await group.next()
                    group.cancelAll()
                }
            }
        } catch {
            throw Self.failure("\(error)", .failure)
        }
    }

    /// Has the C library keep what was freed: bodies of megabytes come one after the other, and getting fresh pages for
    /// each of them costs more than reading it.
    private static func keepMemory() {
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
    }

    /// Drops what comes on standard input until nobody is left who could write to it.
    private static func waitForEndOfInput() async {
        var bytes = [UInt8](repeating: 0, count: 4096)
        repeat {
            var status = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&status, 1, 0) > 0 else { continue }
            if unsafe bytes.withUnsafeMutableBytes({ unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }) <= 0 {
                return
            }
        } while (try? await Task.sleep(for: .milliseconds(200))) != nil
    }

    /// What is printed of a device that listens.
    private static func lines(_ simulator: RunningSimulator) -> [String] {
        [simulator.url] + (simulator.controlURL.map { ["control \($0)"] } ?? [])
            + (simulator.pin.map { ["pin \($0)"] } ?? [])
    }

    private func simulatorConfigurations() throws -> [SimulatorConfiguration] {
        guard let data else { throw Self.failure("--data DIR is missing", .validationFailure) }
        guard (1...64).contains(instances) else {
            throw Self.failure("--instances takes a number from 1 to 64", .validationFailure)
        }
        guard (0...65_535).contains(port), (0...65_535).contains(controlPort ?? 0) else {
            throw Self.failure("a port is a number from 0 to 65535", .validationFailure)
        }
        guard max(port, controlPort ?? 0) + instances - 1 <= 65_535 else {
            throw Self.failure("there are not so many ports after the first one", .validationFailure)
        }
        guard (0...1_000_000).contains(records) else {
            throw Self.failure("--records takes a number from 0 to 1000000", .validationFailure)
        }
        guard (0...8).contains(cameras) else {
            throw Self.failure("--cameras takes a number from 0 to 8", .validationFailure)
        }
        var simulator = SimulatorConfiguration(data: FilePath(data))
        simulator.host = host
        simulator.port = port
        simulator.controlPort = controlPort
        simulator.usesTLS = tls
        simulator.user = user
        simulator.records = records
        simulator.cameras = cameras
        simulator.decodesImages = !acceptsUndecoded
        simulator.keepsArchives = keepArchives
        if let passwordFile { simulator.password = try Self.password(in: passwordFile) }
        return try quirksOfInstances().enumerated().map { index, quirks in
            var instance = instances > 1 ? simulator.instance(index + 1) : simulator
            instance.quirks = quirks
            return instance
        }
    }

    private func quirksOfInstances() throws -> [Quirks] {
        do {
            return try Quirks.ofInstances(instances, parsing: quirks)
        } catch {
            throw Self.failure(error.description, .validationFailure)
        }
    }

    private static func password(in path: String) throws -> Secret {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            let bytes = try file.closeAfter {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = try unsafe buffer.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
                return Array(buffer.prefix(count))
            }
            return Secret(String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))
        } catch {
            throw failure("cannot read the password file \(path): \(error)", .validationFailure)
        }
    }

    /// Says on standard error why nothing was done, and gives the status to end with.
    private static func failure(_ sentence: String, _ status: ExitCode) -> ExitCode {
        let line = "facelib-simulator: \(sentence)\n"
        // Nothing is left to tell the person when standard error is closed.
        _ = try? FileDescriptor.standardError.writeAll(line.utf8)
        return status
    }
}
