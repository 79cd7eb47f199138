// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib backup schedule`: units of systemd that run another backup command again and again.
struct BackupScheduleCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Print or install a systemd service and timer that run a backup command.",
        usage: "facelib backup schedule [--at <calendar>] [--install] -- create hq: /srv/backup …",
        discussion: """
            The command stands behind --; create, verify, prune and copy can run unattended. Its paths become \
            absolute, and the configuration and the ledger's folder that it would use here are written into the \
            service, which may write nowhere else. Secrets come from files (--passphrase-file), never from arguments.

            \(ExitStatus.table(.stopped))
            """
    )

    @Option(help: ArgumentHelp("When, as systemd.time(7) says it.", valueName: "calendar"))
    var at = "*-*-* 02:00:00"

    @Option(help: ArgumentHelp("The name of the units; facelib-backup-VERB without it.", valueName: "name"))
    var name: String?

    @Flag(help: "Write the units instead of printing them.")
    var install = false

    @Flag(help: "Let your own manager run them (systemctl --user), not the system's.")
    var user = false

    @Flag(help: "Replace units of that name that differ.")
    var force = false

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command behind facelib backup.", valueName: "command"))
    var command: [String] = []

    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if let name {
            let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
            guard isName, let first = name.first, !"-.".contains(first), name.count <= 200 else {
                throw ValidationError("--name takes letters, digits, -, _ and ., not \"\(name)\".")
            }
        }
        if force && !install { throw ValidationError("--force only makes sense with --install.") }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        if let problem = CalendarCheck().problem(with: at) { throw CommandError.usage(problem) }
        let typed = command
        let command = try ScheduledCommand(typed, seenFrom: WorkingDirectory.path)
        do {
            // What makes no sense is to show now and not at two in the morning.
            _ = try BackupCommands.parseAsRoot(typed)
        } catch {
            throw CommandError.usage("The command behind -- is wrong: \(BackupCommands.message(for: error))")
        }
        let name = name ?? "facelib-backup-\(command.verb)"
        let scope = try scope(invocation)
        let service = try service(command, scope, invocation)
        let timer = TimerUnit(title: service.title, calendar: at)
        let units = [
            UnitFile(path: "\(scope.folder)/\(name).service", text: service.text),
            UnitFile(path: "\(scope.folder)/\(name).timer", text: timer.text),
        ]
        if install {
            try write(units, in: scope)
            for unit in units { try invocation.console.answer(WrittenUnit(path: unit.path)) }
            for step in scope.steps(for: name) { try invocation.console.answer(NextStep(command: step)) }
        } else {
            for unit in units { try invocation.console.answer(ShownUnit(unit: unit)) }
            invocation.console.notice("Nothing was written; --install writes these files.")
        }
        return .success
    }

    private func scope(_ invocation: Invocation) throws -> UnitScope {
        guard user else { return try .system() }
        return .user(configuration: try invocation.userFolder("XDG_CONFIG_HOME", ".config", else: "set HOME"))
    }

    private func service(
        _ command: ScheduledCommand,
        _ scope: UnitScope,
        _ invocation: Invocation
    ) throws -> ServiceUnit {
        guard let executable = OwnExecutable.path else {
            throw CommandError.failed("The file of this program is gone; start it from where it is installed.")
        }
        let surroundings = try ServiceSurroundings(command, invocation)
        for path in surroundings.missing { invocation.console.warn("\(path) is not there yet; the service needs it.") }
        return ServiceUnit(
            executable: executable,
            arguments: command.arguments(config: surroundings.config, state: surroundings.state),
            title: "backup \(command.verb)",
            access: try surroundings.access(program: [executable] + OwnExecutable.mappedFiles),
            scope: scope
        )
    }

    private func write(_ units: [UnitFile], in scope: UnitScope) throws {
        if scope.isUser { _ = try TextFile.makePrivateFolder(scope.folder, else: "make it by hand") }
        if !force { for unit in units { try unit.checkFree() } }
        for unit in units { try unit.write() }
    }
}

/// A unit that would be written.
private struct ShownUnit: Answer {
    let unit: UnitFile

    var lines: [String] {
        ["# \(unit.path)"] + unit.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var json: JSONValue {
        ["type": "unit", "path": .string(unit.path), "written": .bool(false), "text": .string(unit.text)]
    }
}

/// A unit that stands in its folder now.
private struct WrittenUnit: Answer {
    let path: String

    var lines: [String] { ["Written: \(path)"] }

    var json: JSONValue { ["type": "unit", "path": .string(path), "written": .bool(true)] }
}

/// What the user types next.
private struct NextStep: Answer {
    let command: String

    var lines: [String] { [command] }

    var json: JSONValue { ["type": "next", "command": .string(command)] }
}
