// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One simulator process that is one device or several, on ports that it has again when it is started again.
final class Fleet: Sendable {
    /// The names of its devices, in the order of their numbers.
    let names: [String]
    /// Where it keeps its data: with several devices, that of the Kth in `data/K`.
    let data: URL
    private let port: Int
    private let running: Program.Running?

    private init(_ names: [String], data: URL, port: Int, running: Program.Running?) {
        self.names = names
        self.data = data
        self.port = port
        self.running = running
    }

    /// The devices' URLs, also while they do not run.
    var urls: [String] { names.indices.map { "http://127.0.0.1:\(port + $0)" } }

    /// The devices' control ports.
    var controls: [ControlPort] {
        names.indices.map { ControlPort(url: "http://127.0.0.1:\(port + names.count + $0)") }
    }

    /// The process, as long as there is one.
    var process: Program.Running? { running }

    /// Where the data of a device is.
    static func folder(of index: Int, among count: Int, in data: URL) -> URL {
        count > 1 ? data.appending(path: "\(index + 1)") : data
    }

    /// Starts a process on free ports and waits until it listens.
    static func start(_ names: [String], data: URL, _ flags: [String]) async throws -> Fleet {
        var said = ""
        for _ in 1...20 {
            // Below those that the kernel gives to anybody, so that they are free after a restart too.
            let fleet = Fleet(names, data: data, port: Int.random(in: 10_000...32_000), running: nil)
            do {
                return try await fleet.started(flags)
            } catch let failure as SimulatedDevice.Failure {
                said = failure.text
            }
        }
        throw SimulatedDevice.Failure(text: said)
    }

    /// Reserves ports for devices that are not started.
    static func idle(_ names: [String], data: URL) -> Fleet {
        Fleet(names, data: data, port: Int.random(in: 10_000...32_000), running: nil)
    }

    /// The same devices, with their data and on their ports, in a new process with these flags.
    func started(_ flags: [String]) async throws -> Fleet {
        stop()
        _ = try await running?.wait()
        let arguments = [
            "--instances", "\(names.count)", "--port", "\(port)", "--control-port", "\(port + names.count)",
            "--data", data.path,
        ]
        let new = try Program.start("facelib-simulator", arguments + flags, in: Program.root)
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let lines = new.output.text.split(separator: "\n")
            if lines.count >= names.count * 2, new.output.text.hasSuffix("\n") {
                return Fleet(names, data: data, port: port, running: new)
            }
            if !new.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        new.kill()
        throw SimulatedDevice.Failure(text: "the simulator did not start: \(new.errors.text)")
    }

    /// Ends the process as a power cut would.
    func stop() { running?.kill() }
}
