System.Console.WriteLine("interim");
