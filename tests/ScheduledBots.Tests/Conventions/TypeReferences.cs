using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ScheduledBots.Tests.Conventions;

/// <summary>Every type that a type mentions: bases, attributes, fields, signatures, locals and instructions.</summary>
internal sealed class TypeReferences
{
    private readonly HashSet<(string Space, string Name)> _found = [];

    private TypeReferences()
    {
    }

    /// <summary>What a type mentions, its nested and compiler-generated types included.</summary>
    public static IReadOnlyCollection<(string Space, string Name)> Of(TypeDefinition type)
    {
        var walk = new TypeReferences();
        walk.Visit(type);
        return walk._found;
    }

    private void Visit(TypeDefinition type)
    {
        Add(type.BaseType);
        Generics(type);
        Attributes(type);
        foreach (InterfaceImplementation implemented in type.Interfaces)
        {
            Add(implemented.InterfaceType);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            Add(field.FieldType);
            Attributes(field);
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            Add(property.PropertyType);
            Attributes(property);
        }

        foreach (EventDefinition raised in type.Events)
        {
            Add(raised.EventType);
        }

        foreach (MethodDefinition method in type.Methods)
        {
            Visit(method);
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            Visit(nested);
        }
    }

    private void Visit(MethodDefinition method)
    {
        Signature(method);
        Generics(method);
        Attributes(method);
        if (!method.HasBody)
        {
            return;
        }

        foreach (VariableDefinition local in method.Body.Variables)
        {
            Add(local.VariableType);
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            Add(handler.CatchType);
        }

        foreach (Instruction instruction in method.Body.Instructions)
        {
            Operand(instruction.Operand);
        }
    }

    private void Operand(object? operand)
    {
        switch (operand)
        {
            case TypeReference type:
                Add(type);
                break;
            case MethodReference method:
                Add(method.DeclaringType);
                Signature(method);
                break;
            case FieldReference field:
                Add(field.DeclaringType);
                Add(field.FieldType);
                break;
            case CallSite site:
                Signature(site);
                break;
        }
    }

    private void Signature(IMethodSignature method)
    {
        Add(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            Add(parameter.ParameterType);
        }

        if (method is GenericInstanceMethod generic)
        {
            foreach (TypeReference argument in generic.GenericArguments)
            {
                Add(argument);
            }
        }
    }

    private void Generics(IGenericParameterProvider provider)
    {
        foreach (GenericParameterConstraint constraint in provider.GenericParameters.SelectMany(parameter => parameter.Constraints))
        {
            Add(constraint.ConstraintType);
        }
    }

    private void Attributes(ICustomAttributeProvider provider)
    {
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            Add(attribute.AttributeType);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments)
            {
                Add(argument.Value as TypeReference);
            }
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case GenericInstanceType generic:
                Add(generic.ElementType);
                foreach (TypeReference argument in generic.GenericArguments)
                {
                    Add(argument);
                }

                break;
            case IModifierType modified:
                Add(modified.ModifierType);
                Add(modified.ElementType);
                break;
            case FunctionPointerType pointer:
                Signature(pointer);
                break;
            case TypeSpecification specification:
                Add(specification.ElementType);
                break;
            default:
                TypeReference outermost = type;
                while (outermost.DeclaringType is { } outer)
                {
                    outermost = outer;
                }

                _found.Add((outermost.Namespace, outermost.Name));
                break;
        }
    }
}
