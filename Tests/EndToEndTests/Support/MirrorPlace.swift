// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

/// A hub `hq` and its branches `b1`, `b2`, `b3`, simulated, in one configuration.
final class MirrorPlace: Sendable {
    /// The folder; it goes when the test ends.
    let folder: URL
    private let fleets: Mutex<[Fleet]>
    private let flags: [String]

    private init(folder: URL, flags: [String]) {
        self.folder = folder
        self.flags = flags
        fleets = Mutex([])
    }

    /// Starts devices, writes a configuration, runs a body, and cleans up.
    ///
    /// - Parameters:
    ///   - groups: The names of the devices by the process that is them.
    ///   - quirks: The quirks of devices, by name.
    ///   - flags: Further flags of every process.
    ///   - stock: What the devices hold and the ledger knows at the beginning; `nil` for nothing.
    ///   - settings: Further lines of each device's configuration.
    ///   - down: Devices that are not started; each of them must be a process of its own.
    ///   - body: The test.
    /// - Throws: What the test throws, or why a device did not start.
    static func with(
        _ groups: [[String]],
        quirks: [String: [String]] = [:],
        flags: [String] = [],
        stock: MirrorStock? = nil,
        settings: String = "",
        down: Set<String> = [],
        _ body: (MirrorPlace) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "facelib-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = MirrorPlace(folder: folder, flags: flags)
        defer {
            place.fleets.withLock { fleets in for fleet in fleets { fleet.stop() } }
            try? FileManager.default.removeItem(at: folder)
        }
        try stock?.copyState(to: folder.appending(path: "state"))
        for (number, group) in groups.enumerated() {
            let data = folder.appending(path: "devices-\(number)")
            for (index, name) in group.enumerated() {
                try stock?.copyDevice(name, to: Fleet.folder(of: index, among: group.count, in: data))
            }
            let fleet =
                down.isSuperset(of: group)
                ? Fleet.idle(group, data: data)
                : try await Fleet.start(group, data: data, flags + Self.quirks(group, quirks))
            place.fleets.withLock { $0.append(fleet) }
        }
        try place.writeConfiguration(settings)
        try await body(place)
    }

    /// Starts the process of a device anew, or for the first time, on its data and its ports, with these quirks only.
    func restart(_ name: String, quirks: [String: [String]] = [:]) async throws {
        let (number, fleet) = try place(of: name)
        let new = try await fleet.started(flags + Self.quirks(fleet.names, quirks))
        fleets.withLock { $0[number] = new }
    }

    /// Puts a new device in the place of one that is a process of its own, with its name and its port.
    func replace(_ name: String) async throws {
        let fleet = try place(of: name).fleet
        fleet.stop()
        _ = try await fleet.process?.wait()
        try FileManager.default.removeItem(at: fleet.data)
        try await restart(name)
    }

    /// The process of a device.
    func process(of name: String) throws -> Program.Running { try #require(try place(of: name).fleet.process) }

    private static func quirks(_ group: [String], _ quirks: [String: [String]]) -> [String] {
        group.enumerated().flatMap { index, name in
            (quirks[name] ?? []).flatMap { ["--quirk", group.count > 1 ? "\(index + 1):\($0)" : $0] }
        }
    }

    private func place(of name: String) throws -> (number: Int, fleet: Fleet) {
        let all = fleets.withLock { $0 }
        let number = try #require(all.firstIndex { $0.names.contains(name) }, "no device \(name)")
        return (number, all[number])
    }

    private func writeConfiguration(_ settings: String) throws {
        let secret = folder.appending(path: "password")
        try Data("Facelib-2026\n".utf8).write(to: secret)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
        var text = ""
        for fleet in fleets.withLock({ $0 }) {
            for (name, url) in zip(fleet.names, fleet.urls) {
                text += """
                    [devices.\(name)]
                    url = "\(url)"
                    user = "admin"
                    password_file = "password"
                    \(settings)

                    """
            }
        }
        try Data(text.utf8).write(to: folder.appending(path: "config.toml"))
    }

    // MARK: Running facelib

    /// Starts facelib; with another folder for the ledger it is somebody else's.
    func start(_ arguments: [String], state: String = "state", input: String? = nil) throws -> Program.Running {
        try Program.start(
            "facelib",
            arguments,
            environment: [
                "FACELIB_CONFIG": folder.appending(path: "config.toml").path,
                "FACELIB_STATE": folder.appending(path: state).path,
            ],
            input: input,
            in: folder
        )
    }

    /// Runs facelib to its end; a command and its words, separated by blanks.
    func facelib(_ line: String) async throws -> Program.Ended {
        try await start(line.split(separator: " ").map(String.init)).wait()
    }

    /// Runs facelib with `--json` and reads what it said of each job.
    func reports(_ line: String, status: Int32 = 0) async throws -> [Report] {
        let ended = try await facelib(line + " --json")
        #expect(ended.status == status, "\(line): \(ended.errors)")
        return try Report.all(ended)
    }

    /// Runs facelib with `--json` and reads what it said of the only job.
    func report(_ line: String, status: Int32 = 0) async throws -> Report {
        let reports = try await reports(line, status: status)
        #expect(reports.count == 1)
        return try #require(reports.first)
    }

    /// The job that began last.
    func lastJob() async throws -> JobLine { try JobLine.first(of: try await facelib("job list --json")) }

    // MARK: The truth

    /// What a device holds and how often it was called.
    func state(_ device: String) async throws -> DeviceState { try await control(device).state() }

    /// The control port of a device.
    func control(_ device: String) throws -> ControlPort {
        let fleet = try place(of: device).fleet
        return fleet.controls[try #require(fleet.names.firstIndex(of: device))]
    }

    /// The portraits of a library by their ids.
    func portraits(_ device: String, _ library: String = "Staff") async throws -> [String: DeviceState.Portrait] {
        let portraits = try await state(device).portraits(of: library)
        return Dictionary(portraits.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Every difference of two libraries by the simulators' own accounts; the bytes of the images count, or not.
    func differences(
        _ first: String,
        _ second: String,
        _ library: String = "Staff",
        comparingImages: Bool = true
    ) async throws -> [String] {
        let one = try await portraits(first, library)
        let other = try await portraits(second, library)
        return Set(one.keys).union(other.keys).sorted().compactMap { id in
            guard let mine = one[id] else { return "\(id): only at \(second)" }
            guard let theirs = other[id] else { return "\(id): only at \(first)" }
            if mine.values != theirs.values { return "\(id): \(mine.values), \(theirs.values)" }
            return comparingImages && mine.sha256 != theirs.sha256 ? "\(id): another image" : nil
        }
    }

    // MARK: Somebody else

    /// Sends a device a message that nobody's ledger hears of.
    func call(_ device: String, _ message: Int, _ fields: [String: Any]) async throws {
        let json = String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
        let line = ["device", "call", device, "\(message)", json, "--yes-i-mean-\(message)"]
        let ended = try await start(line, state: "elsewhere").wait()
        try #require(ended.status == 0, "\(ended.errors)")
    }

    /// Deletes portraits of `Staff`.
    func delete(_ ids: [String], at device: String, library: Int = 1) async throws {
        var rest = ids[...]
        while !rest.isEmpty {
            let some = rest.prefix(50)
            rest = rest.dropFirst(50)
            try await call(device, 1044, ["lib_id": library, "img_ids": some.joined(separator: ",")])
        }
    }

    /// Stores people in a library, or makes those that are there what they are here.
    func store(
        _ people: [DrawnPerson],
        at device: String,
        _ library: String = "Staff",
        type: String = "whitelist"
    ) async throws {
        try await Self.store(people, at: device, library, type: type) { try start($0, state: "elsewhere") }
    }

    /// Imports people by a table.
    static func store(
        _ people: [DrawnPerson],
        at device: String,
        _ library: String,
        type: String,
        _ facelib: ([String]) throws -> Program.Running
    ) async throws {
        // A folder of their own: a photo beside a table that does not name it would be told of.
        let folder = FileManager.default.temporaryDirectory.appending(path: "facelib-people-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var people = people
        for index in people.indices {
            let photo = "\(index).jpg"
            try FileManager.default.copyItem(
                at: URL(filePath: people[index].photo),
                to: folder.appending(path: photo)
            )
            people[index].photo = photo
        }
        let table = folder.appending(path: "people.csv")
        try Data(DrawnPerson.table(people).utf8).write(to: table)
        let ended = try await facelib(
            [
                "import", table.path, "\(device):\(library)", "--create", type, "--update", "--quality", "off",
                "--json",
            ]
        ).wait()
        try #require(ended.status == 0, "\(ended.output.suffix(2_000))\(ended.errors)")
    }
}

extension DeviceState.Portrait {
    /// What a mirror carries over, without the image.
    var values: [String] { [name, identity, gender, age, address] }
    /// What tells whether it is still the one that was there before.
    var version: [String] { values + [sha256, createTime, imagePath] }
}
