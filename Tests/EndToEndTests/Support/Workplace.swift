// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A folder with a simulated device and a configuration for it, as one test needs it.
final class Workplace: Sendable {
    /// The folder; it goes when the test ends.
    let folder: URL
    /// The simulated appliance.
    let device: SimulatedDevice

    private init(folder: URL, device: SimulatedDevice) {
        self.folder = folder
        self.device = device
    }

    /// Starts a device, writes a configuration, runs a body, and cleans up.
    ///
    /// - Parameters:
    ///   - flags: Further flags of the simulator, such as `--tls` or `--quirk`.
    ///   - stock: A device's folder to begin with a copy of.
    ///   - settings: Further lines of the device's configuration.
    ///   - body: The test.
    /// - Throws: What the test throws, or why the device did not start.
    static func with(
        _ flags: [String] = [],
        stock: URL? = nil,
        settings: String = "",
        _ body: (Workplace) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "facelib-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let stock { try FileManager.default.copyItem(at: stock, to: folder.appending(path: "device")) }
        let device = try await SimulatedDevice.start(in: folder, flags)
        defer { device.stop() }
        let place = Workplace(folder: folder, device: device)
        try place.writeConfiguration(settings)
        try await body(place)
    }

    /// Writes the configuration and the password file.
    func writeConfiguration(_ settings: String, password: String = "Facelib-2026") throws {
        let secret = folder.appending(path: "hq.password")
        try Data((password + "\n").utf8).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
        let pin = device.pin.map { "pin = \"\($0)\"\n" } ?? ""
        let text = """
            [devices.hq]
            url = "\(device.url)"
            user = "admin"
            password_file = "hq.password"
            \(pin)\(settings)
            """
        try Data(text.utf8).write(to: folder.appending(path: "config.toml"))
    }

    /// Starts facelib.
    func start(_ arguments: [String], in directory: URL? = nil) throws -> Program.Running {
        try Program.start(
            "facelib",
            arguments,
            environment: [
                "FACELIB_CONFIG": folder.appending(path: "config.toml").path,
                "FACELIB_STATE": folder.appending(path: "state").path,
            ],
            in: directory ?? folder
        )
    }

    /// Starts an import into `hq:Staff`, which is made if it is not there, with the rows as JSON.
    func startImport(of source: String, _ more: [String] = []) throws -> Program.Running {
        try start(["import", source, "hq:Staff", "--create", "whitelist", "--json"] + more)
    }

    /// Runs such an import to its end.
    func runImport(of source: String, _ more: String...) async throws -> Program.Ended {
        try await startImport(of: source, more).wait()
    }

    /// Runs facelib to its end.
    func facelib(_ arguments: String..., in directory: URL? = nil) async throws -> Program.Ended {
        try await start(arguments, in: directory).wait()
    }
}

/// A simulator process.
final class SimulatedDevice: Sendable {
    let url: String
    let control: String
    let pin: String?
    private let running: Program.Running

    private init(url: String, control: String, pin: String?, running: Program.Running) {
        self.url = url
        self.control = control
        self.pin = pin
        self.running = running
    }

    /// Starts a simulator on a free port and waits until it listens.
    static func start(in folder: URL, _ flags: [String]) async throws -> SimulatedDevice {
        let arguments = ["--port", "0", "--control-port", "0", "--data", folder.appending(path: "device").path] + flags
        let running = try Program.start("facelib-simulator", arguments, in: folder)
        let deadline = ContinuousClock.now + .seconds(30)
        let wanted = flags.contains("--tls") ? 3 : 2
        while ContinuousClock.now < deadline {
            let lines = running.output.text.split(separator: "\n").map(String.init)
            if lines.count >= wanted, running.output.text.hasSuffix("\n") {
                func value(_ word: String) -> String? {
                    lines.first { $0.hasPrefix(word + " ") }.map { String($0.dropFirst(word.count + 1)) }
                }
                return SimulatedDevice(
                    url: lines[0],
                    control: try #require(value("control")),
                    pin: value("pin"),
                    running: running
                )
            }
            if !running.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        running.kill()
        throw Failure(text: "the simulator did not start: \(running.errors.text)")
    }

    /// What the device holds and how often it was called.
    func state() async throws -> DeviceState { try await ControlPort(url: control).state() }

    /// Ends the simulator.
    func stop() { running.kill() }

    struct Failure: Error { let text: String }
}

/// The second port of a simulated device, for tests.
struct ControlPort: Sendable {
    let url: String

    /// What the device holds and how often it was called.
    func state() async throws -> DeviceState {
        try JSONDecoder().decode(DeviceState.self, from: Data(try await ask("GET", "state").utf8))
    }

    /// Begins to count calls anew.
    func resetCalls() async throws { _ = try await ask("POST", "reset-calls") }

    private func ask(_ method: String, _ what: String) async throws -> String {
        let answer = try await Program.start(
            "/usr/bin/python3",
            ["-c", Self.script, method, "\(url)/simulator/\(what)"],
            in: Program.root
        )
        .wait()
        guard answer.status == 0 else { throw SimulatedDevice.Failure(text: answer.errors) }
        return answer.output
    }

    private static let script = """
        import sys, urllib.request as u
        request = u.Request(sys.argv[2], method=sys.argv[1])
        sys.stdout.write(u.urlopen(request).read().decode())
        """
}

/// The simulator's own account (`GET /simulator/state`).
struct DeviceState: Decodable, Sendable {
    let libraries: [Library]
    let calls: [String: Int]
    let logins: Int
    let storedTotal: Int
    let deletedTotal: Int
    let expiredTotal: Int
    /// How many files were fetched.
    let downloads: Int
    /// The records of each kind.
    let records: [String: [Record]]
    let cameras: [Camera]

    struct Camera: Decodable, Sendable {
        let channel: Int
        let name: String
        /// The ids of the libraries that it is bound to, separated by commas.
        let libraries: String
        enum CodingKeys: String, CodingKey { case channel, name = "camera_name", libraries = "lib_ids" }
    }

    struct Record: Decodable, Sendable {
        let id: String
        let sha256: String
        enum CodingKeys: String, CodingKey { case id = "snap_id", sha256 }
    }

    struct Library: Decodable, Sendable {
        let id: Int
        let name: String
        let type: Int
        let portraits: [Portrait]
        enum CodingKeys: String, CodingKey { case id = "lib_id", name = "lib_name", type = "lib_type", portraits }
    }

    struct Portrait: Decodable, Sendable {
        let id: String
        let name: String
        let identity: String
        let gender: String
        let age: String
        let address: String
        let sha256: String
        let receivedSHA256: String
        let bytes: Int
        let createTime: String
        let imagePath: String
        enum CodingKeys: String, CodingKey {
            case id = "img_id", name, identity, gender, age, address, sha256, bytes, receivedSHA256 = "received_sha256"
            case createTime = "create_time", imagePath = "img_path"
        }
    }

    enum CodingKeys: String, CodingKey {
        case libraries, calls, downloads, logins, records, cameras, storedTotal = "stored_total", deletedTotal =
            "deleted_total"
        case expiredTotal = "expired_total"
    }

    /// The portraits of the library with this name.
    func portraits(of library: String) -> [Portrait] { libraries.first { $0.name == library }?.portraits ?? [] }

    /// How many calls could have stored something.
    var storeCalls: Int { ["1029", "1030", "1051", "1052"].reduce(0) { $0 + (calls[$1] ?? 0) } }
}
