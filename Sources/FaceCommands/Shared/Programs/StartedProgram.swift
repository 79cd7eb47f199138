// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization

/// A program that this one started, until it has ended.
///
/// It inherits no files but its three streams, and begins with the signals that facelib ignores at their defaults.
/// Waits are for another process, so they go by the machine's own clock.
final class StartedProgram: Sendable {
    /// Why there is no program.
    struct Problem: Error {
        let text: String
    }

    /// How a program ended.
    enum Ending: Sendable, Hashable {
        case status(Int32)
        case signal(Int32)
        /// The system reaps children by itself and does not tell.
        case unknown

        /// What was wrong with the ending, `nil` for status 0.
        var fault: String? {
            switch self {
            case .status(0): nil
            case .status(let status): "it ended with status \(status)"
            case .signal(let number): "it was ended by signal \(number)"
            case .unknown: "the system does not say how it ended"
            }
        }
    }

    /// The system's number of the program.
    let process: pid_t
    private let hasOwnGroup: Bool
    private let ending = Mutex<Ending?>(nil)

    private init(process: pid_t, hasOwnGroup: Bool) {
        self.process = process
        self.hasOwnGroup = hasOwnGroup
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: Its path and its arguments.
    ///   - variables: What its environment has besides, or instead of, this process's own.
    ///   - input: Its standard input.
    ///   - output: Its standard output; standard error is this process's own.
    ///   - hasOwnGroup: Whether signals of the terminal pass it by, and ``signal(_:)`` reaches what it started too.
    /// - Returns: The program, which runs.
    /// - Throws: ``Problem`` with the system's own words.
    static func start(
        _ command: [String],
        variables: [String: String] = [:],
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        hasOwnGroup: Bool
    ) throws(Problem) -> StartedProgram {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe fl_spawn_closefrom(&actions, STDERR_FILENO + 1)

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        setSignals(of: &attributes, hasOwnGroup: hasOwnGroup)

        var argv = unsafe command.map { text in unsafe strdup(text) } + [nil]
        var envp = unsafe environment(with: variables) + [nil]
        defer { unsafe (argv + envp).forEach { text in unsafe free(text) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, command[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw Problem(text: systemText(code)) }
        return StartedProgram(process: process, hasOwnGroup: hasOwnGroup)
    }

    /// How it ended, `nil` while it runs.
    func ended() -> Ending? { reap(WNOHANG) }

    /// Waits for the end, blocking this thread, as a person may be typing.
    func waitForEnd() -> Ending { reap(0) ?? .unknown }

    /// Waits for the end, also in a task that was cancelled.
    ///
    /// - Parameter limit: How long.
    /// - Returns: How it ended, `nil` when it still runs.
    func end(within limit: Duration) async -> Ending? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let ending = ended() { return ending }
            guard ContinuousClock.now < deadline else { return nil }
            await Self.pause()
        }
    }

    /// Ends it: politely, then by force.
    ///
    /// - Parameter grace: How long it may take to end by itself.
    func stop(grace: Duration) async {
        signal(SIGTERM)
        guard await end(within: grace) == nil else { return }
        signal(SIGKILL)
        // Only a process that hangs in the kernel does not end now; nobody can end that one.
        _ = await end(within: .seconds(5))
    }

    /// Sends a signal, unless it has ended.
    private func signal(_ number: Int32) {
        ending.withLock { ending in
            // Once it was waited for, the number may be another process's.
            if ending == nil { _ = kill(hasOwnGroup ? -process : process, number) }
        }
    }

    private func reap(_ options: Int32) -> Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            var found: pid_t
            repeat { found = unsafe waitpid(process, &status, options) } while found < 0 && errno == EINTR
            guard found != 0 else { return nil }
            let reaped: Ending =
                if found < 0 { .unknown } else if status & 0x7F == 0 { .status(status >> 8 & 0xFF) } else {
                    .signal(status & 0x7F)
                }
            ending = reaped
            return reaped
        }
    }

    private static func pause() async {
        do {
            try await Task.sleep(for: .milliseconds(20))
        } catch {
            // A cancelled task has to wait for its programs all the same.
            usleep(20_000)
        }
    }

    private static func setSignals(of attributes: inout posix_spawnattr_t, hasOwnGroup: Bool) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGPIPE] { unsafe sigaddset(&signals, number) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        let group = hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group)
        )
    }

    /// Copies of this process's variables and those that are set besides.
    private static func environment(with variables: [String: String]) -> [UnsafeMutablePointer<CChar>?] {
        var list = unsafe variables.map { unsafe strdup("\($0.key)=\($0.value)") }
        guard var inherited = unsafe fl_environment() else { return unsafe list }
        while let variable = unsafe inherited.pointee {
            let name = unsafe String(cString: variable).prefix { $0 != "=" }
            if variables[String(name)] == nil { unsafe list.append(strdup(variable)) }
            unsafe inherited += 1
        }
        return unsafe list
    }
}
