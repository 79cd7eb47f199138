// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice

/// The configuration, the ledger and the other files that a scheduled command would use if it ran here and now.
struct ServiceSurroundings {
    /// The configuration, by its full path.
    let config: String
    /// The ledger's folder, by its full path; it is there.
    let state: String

    private let command: ScheduledCommand
    /// Files of the configuration that the named devices need.
    private var ofDevices: [String] = []
    private var runsShell: Bool

    /// Looks them up.
    ///
    /// - Parameters:
    ///   - command: The command.
    ///   - invocation: How the units are being made.
    /// - Throws: ``CommandError`` when the configuration does not know a device, or makes no sense.
    init(_ command: ScheduledCommand, _ invocation: Invocation) throws {
        var options = invocation.options
        options.config = command.files["--config"] ?? options.config
        options.state = command.files["--state"] ?? options.state
        let own = Invocation(context: invocation.context, options: options)
        config = WorkingDirectory.absolute(try own.configurationPath)
        state = WorkingDirectory.absolute(try own.stateDirectory())
        self.command = command
        runsShell = command.hasHook
        for name in command.devices {
            let device = try Configuration.read(at: config).device(named: name)
            if case .authorities(let file) = device.trust { ofDevices.append(file) }
            switch device.password {
            case .file(let file): ofDevices.append(file)
            case .command: runsShell = true
            case .variable(let variable):
                invocation.console.warn(
                    "The password of \(name) stands in the environment variable \(variable), which the service does"
                        + " not have; use password_file."
                )
            }
        }
    }

    /// Files that should be there and are not.
    var missing: [String] { reads.filter { !TextFile.exists($0) } }

    /// What of the file system the service needs.
    ///
    /// - Parameter program: The files that facelib is made of.
    /// - Returns: What it needs.
    /// - Throws: ``CommandError`` as ``ServiceAccess/init(reads:writes:runsShell:)``.
    func access(program: [String]) throws(CommandError) -> ServiceAccess {
        let places = [command.files["--metrics"], command.files["--report"]].compactMap { $0 }
        return try ServiceAccess(
            reads: program + [config] + reads,
            writes: command.repositories + [state] + places,
            runsShell: runsShell
        )
    }

    private var reads: [String] {
        let files = command.files.filter { $0.key.hasSuffix("-file") }.map(\.value)
        return (command.devices.isEmpty ? [] : [config]) + ofDevices + files.sorted()
    }
}
