// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FacePipeline
import FaceRepository
internal import Logging

/// One run of one command: what was typed, resolved against its surroundings.
struct Invocation: Sendable {
    let context: CommandContext
    let options: GlobalOptions
    let console: Console
    let logger: Logger

    init(context: CommandContext, options: GlobalOptions) {
        let console = Console(context: context, format: options.json ? .json : .text, isQuiet: options.quiet)
        self.context = context
        self.options = options
        self.console = console
        logger = Logger(label: "facelib") { _ in
            LogLines(
                logLevel: options.verbose ? .debug : .warning,
                console: console,
                showsNames: options.showPersonalData
            )
        }
    }

    /// Reads the configuration.
    func configuration() throws -> Configuration {
        try Configuration.read(at: configurationPath, isTyped: options.config != nil)
    }

    /// Reads one device of the configuration.
    ///
    /// - Parameter name: The device's name.
    /// - Returns: The device.
    /// - Throws: ``CommandError`` when there is none of that name, or the configuration cannot be read.
    // Swift 6.3 crashes when it optimizes an asynchronous function into which this was inlined.
    @inline(never)
    func device(named name: String) throws -> DeviceConfiguration { try configuration().device(named: name) }

    /// Where the configuration stands: `--config`, `FACELIB_CONFIG`, else the user's own folder.
    var configurationPath: String {
        get throws {
            if let typed = options.config ?? variable("FACELIB_CONFIG") { return typed }
            let remedy = "name the place with --config"
            return try userFolder("XDG_CONFIG_HOME", ".config", else: remedy) + "/facelib/config.toml"
        }
    }

    /// The folder of the ledger, made if it is not there, readable for this user only.
    func stateDirectory() throws -> String {
        let path = try statePath
        if try TextFile.makePrivateFolder(path) { return path }
        console.warn("Other users of this machine can enter \(path), which holds personal data; chmod 700 closes it.")
        return path
    }

    /// Where the folder of the ledger is, whether or not it is there.
    var statePath: String {
        get throws {
            if let typed = options.state ?? variable("FACELIB_STATE") { return typed }
            return try userFolder("XDG_STATE_HOME", ".local/state", else: "name the place with --state") + "/facelib"
        }
    }

    /// Reads an address as it was typed: a library of a device, a snapshot, or a path.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - directory: The folder that paths are seen from; the one the command runs in, if `nil`.
    /// - Returns: The address.
    /// - Throws: ``CommandError`` for a device that is not configured.
    func address(_ text: String, seenFrom directory: String? = nil) throws -> Address {
        let snapshot = Address.snapshot(text) {
            [.repository, .remains].contains(RepositoryPlace.at(WorkingDirectory.absolute($0, seenFrom: directory)))
        }
        if let snapshot { return snapshot }
        guard Address.mayNameDevice(text) else { return try Address(text, devices: []) }
        if TextFile.exists(text) { return .path(text) }
        return try Address(text, devices: try configuration().devices.map(\.name))
    }

    /// Calls a closure with a device of the configuration.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - isAwaited: Whether a person waits for the answer, so that a device that is not there is told soon.
    ///   - logsInAgain: Whether a password that failed is sent once more.
    ///   - body: What to do with the device.
    /// - Returns: What the closure returns.
    /// - Throws: ``CommandError`` when the password cannot be read, `DeviceError`, and what the closure throws.
    func withDevice<Value: Sendable>(
        _ device: DeviceConfiguration,
        isAwaited: Bool = false,
        logsInAgain: Bool = false,
        _ body: (any Device) async throws -> Value
    ) async throws -> Value {
        var settings = try device.settings(environment: context.environment, warn: console.warn)
        if isAwaited { settings.patience = .quick }
        return try await withDevice(settings, isAwaited: isAwaited, logsInAgain: logsInAgain, body)
    }

    /// Calls a closure with a device whose settings are known.
    func withDevice<Value: Sendable>(
        _ settings: DeviceSettings,
        isAwaited: Bool = false,
        logsInAgain: Bool = false,
        _ body: (any Device) async throws -> Value
    ) async throws -> Value {
        let surroundings = surroundings(of: settings, isAwaited: isAwaited, logsInAgain: logsInAgain)
        return try await context.devices.withDevice(settings, surroundings, body)
    }

    /// Shows progress while a closure runs.
    func withProgress<Value: Sendable>(
        _ counts: @escaping @Sendable () async -> ProgressCounts,
        _ body: () async throws -> Value
    ) async throws -> Value {
        defer { console.clearProgress() }
        return try await whileShowing(counts, body)
    }

    /// Asks before something is changed for good.
    ///
    /// - Parameters:
    ///   - question: What will be done, as a question.
    ///   - agreed: Whether `--yes` was given.
    /// - Throws: ``CommandError`` with status 4 unless the user agrees.
    func confirm(_ question: String, agreed: Bool) async throws {
        if agreed { return }
        guard context.input.isTerminal else {
            throw CommandError.stopped("Nothing was changed, as nobody can be asked here; add --yes to go ahead.")
        }
        guard try await console.confirms(question, input: context.input) else {
            throw CommandError.stopped("Nothing was changed.")
        }
    }

    private func whileShowing<Value: Sendable>(
        _ counts: @escaping @Sendable () async -> ProgressCounts,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let display = ProgressDisplay(
            mode: ProgressDisplay.mode(options, in: context),
            console: console,
            columns: context.errors.columns
        )
        let clock = context.clock
        // Leaving this scope cancels the display and waits for it.
        async let _: Void = display.run(on: clock, counts: counts)
        return try await body()
    }

    private func variable(_ name: String) -> String? {
        context.environment(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A folder of this user by the base directory specification.
    ///
    /// - Parameters:
    ///   - name: The variable that names it.
    ///   - fallback: Where it is in the home folder without that variable.
    ///   - remedy: What the user can do where there is no home folder either.
    /// - Returns: The folder, by its full path.
    /// - Throws: ``CommandError`` with the remedy.
    func userFolder(_ name: String, _ fallback: String, else remedy: String) throws -> String {
        // The base directory specification says to ignore relative paths.
        if let folder = variable(name), folder.hasPrefix("/") { return folder }
        guard let home = variable("HOME") else {
            throw CommandError.failed("Neither \(name) nor HOME is set; \(remedy).")
        }
        return home + "/" + fallback
    }
}
